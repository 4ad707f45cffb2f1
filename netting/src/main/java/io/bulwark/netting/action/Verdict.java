package io.bulwark.netting.action;

/**
 * Whether an action may be taken.
 *
 * @param allowed whether
 * @param rule the row of the action table that decided
 * @param reason a sentence with field, value and rule
 */
record Verdict(boolean allowed, Rule rule, String reason) {
    /** The rows of the action table, in the order in which they are looked at. */
    public enum Rule {
        /** The account afterwards has a margin at all. */
        ADMISSION_OF_ACCOUNT,
        /** The table is young, and no index has left it behind. */
        STALE_TABLE,
        /** No withdrawal and no opening trade takes cash below 0. */
        CASH,
        /** One side of an instrument's open interest stays within its depth. */
        OPEN_INTEREST,
        /** Nothing that opens or takes out forces more into the market than a contagion vector at its bound covers. */
        HEADROOM,
        /** The account is open afterwards. */
        OPEN_AFTERWARDS,
        /** E − IM does not fall. */
        DEPOSIT_OR_REPAY,
        /** Nothing grows, no fill leaves the price band, and E − IM rises. */
        REDUCE,
        /** Whatever else is refused in call and liquidation. */
        OTHERWISE
    }

    static Verdict allow(Rule rule, String reason) {
        return new Verdict(true, rule, reason);
    }

    static Verdict refuse(Rule rule, String reason) {
        return new Verdict(false, rule, reason);
    }
}
