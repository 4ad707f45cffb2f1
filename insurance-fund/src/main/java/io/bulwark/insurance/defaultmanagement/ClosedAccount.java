package io.bulwark.insurance.defaultmanagement;

/**
 * An account of the epoch in the declared row.
 *
 * @param number of the account
 * @param member who stands behind it
 * @param held against losses, u: min(E, IM). What exceeds IM may have left before the breach; 0 where E is negative
 * @param taken what of it can be taken, and so pays first if the member failed, u: what is pledged to the house or in its custody
 * @param maintenance MM, u
 * @param loss in the row, u; negative for a gain. Negative equity is part of it: the account owes that already
 * @param exitCost what closing all of it at once costs: the liquidity charges of its margin, u, ≥ 0
 */
public record ClosedAccount(
        int number, String member, long held, long taken, long maintenance, long loss, long exitCost) {
    /**
     * What a margin statement says of an account.
     *
     * @param equity E, u
     * @param initialMargin IM, u
     * @param maintenance MM, u
     */
    public record Stated(long equity, long initialMargin, long maintenance) {}

    /** Checks ranges. */
    public ClosedAccount {
        if (held < 0 || exitCost < 0) {
            throw new IllegalArgumentException(
                    "held and exitCost of account " + number + " must be >= 0; have " + held + ", " + exitCost);
        }
        if (taken < 0 || taken > held) {
            throw new IllegalArgumentException(
                    "taken of account " + number + " must be in 0.." + held + "; have " + taken);
        }
    }

    /** The account where all that it holds can be taken. */
    public ClosedAccount(int number, String member, long held, long maintenance, long loss, long exitCost) {
        this(number, member, held, held, maintenance, loss, exitCost);
    }

    /**
     * The account as its margin statement has it.
     *
     * @param number of the account
     * @param member who stands behind it
     * @param stated what the statement says
     * @param loss in the row, u
     * @param exitCost u
     */
    public static ClosedAccount of(int number, String member, Stated stated, long loss, long exitCost) {
        long owed = Math.max(0, Math.negateExact(stated.equity()));
        return new ClosedAccount(
                number,
                member,
                Math.max(0, Math.min(stated.equity(), stated.initialMargin())),
                stated.maintenance(),
                Math.addExact(loss, owed),
                exitCost);
    }

    /** The account of which no more than so much can be taken, u ≥ 0. */
    public ClosedAccount giving(long most) {
        return new ClosedAccount(number, member, held, Math.min(held, most), maintenance, loss, exitCost);
    }

    /** Whether what it holds is below MM in the row: the breach without which nobody is declared in default. */
    boolean breached() {
        return Math.subtractExact(held, loss) < maintenance;
    }

    /** What it gains in the row, u. */
    long gain() {
        return Math.max(0, Math.negateExact(loss));
    }
}
