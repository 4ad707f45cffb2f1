package io.bulwark.netting.action;

/**
 * One way out of a call or liquidation, margined again before it is offered: afterwards the account is open.
 *
 * @param kind what is done
 * @param subject instrument, asset or "cash"
 * @param action the step itself
 * @param capital what the owner must bring, u; it stays the owner's
 * @param cost what the owner loses on the way at the far end of the price band, u
 * @param price cost, and what bringing the capital costs for the call period, u: by this cures are ordered
 * @param excess E − IM afterwards, less the contagion buffer where the house publishes one, u, at least 0
 */
public record Cure(Kind kind, String subject, Action action, long capital, long cost, long price, long excess) {
    /** What is done. */
    public enum Kind {
        /** Bring cash. */
        DEPOSIT_CASH,
        /** Bring an asset. */
        DEPOSIT,
        /** Trade one position smaller. */
        REDUCE,
        /** Trade all positions smaller in proportion. */
        REDUCE_ALL,
        /** Sell collateral for cash. */
        SELL,
        /** Buy back a debt with cash. */
        BUY_BACK
    }
}
