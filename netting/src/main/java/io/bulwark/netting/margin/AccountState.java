package io.bulwark.netting.margin;

/** What may happen to an account. No account is both open and in liquidation, since MM ≤ IM. */
public enum AccountState {
    /** E ≥ IM in the candidate that counts; E ≥ IM + Buffer in a house that publishes a contagion buffer. */
    OPEN,
    /** Neither open nor in liquidation: the owner has the call period. */
    CALL,
    /** Every candidate owes something and has E &lt; MM. */
    LIQUIDATION;

    /** The name as reference data and API print it. */
    public String label() {
        return switch (this) {
            case OPEN -> "open";
            case CALL -> "call";
            case LIQUIDATION -> "liquidation";
        };
    }
}
