package io.bulwark.insurance.monitor;

/**
 * What one account loses in a scenario, and to what.
 *
 * @param number of the clearing account
 * @param member who stands behind it
 * @param direct what the scenario's own price moves cost, u = 10⁻⁴ USD; negative where it gains
 * @param forced what the prices moved by forced sales and purchases cost beside that, u, rounded up; never negative
 * @param margin what it holds against both, and what a call adds, u
 * @param beyondMargin max(0, direct + forced − margin)
 * @param soldPpm share of the account that is sold
 */
public record AccountLoss(
        int number, String member, long direct, long forced, long margin, long beyondMargin, int soldPpm) {
    static AccountLoss of(ShockedAccount account, long direct, long forced, long margin, int soldPpm) {
        return new AccountLoss(
                account.number(),
                account.member(),
                direct,
                forced,
                margin,
                Math.max(0, Math.subtractExact(Math.addExact(direct, forced), margin)),
                soldPpm);
    }

    /** What it gains in the end, u; 0 where it loses. */
    public long gain() {
        return Math.max(0, Math.negateExact(Math.addExact(direct, forced)));
    }
}
