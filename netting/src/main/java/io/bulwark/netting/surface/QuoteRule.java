package io.bulwark.netting.surface;

/** Why a quote does not shape the surface. */
public enum QuoteRule {
    /** The expiry is nearer than six hours: its volatility is a number about the next settlement. */
    TOO_NEAR,
    /** In the money: the other side at the same strike says the same with a smaller spread. */
    IN_THE_MONEY,
    /** Neither bid, offer nor mark. */
    UNQUOTED,
    /** The chain quotes both sides, this option only one. */
    ONE_SIDED,
    /** The bid is at or above the offer. */
    CROSSED,
    /** At or below what it is worth exercised now: no volatility gives that price. */
    BELOW_INTRINSIC,
    /** One tick of the price moves the volatility by more than the widest spread allowed. */
    INSENSITIVE,
    /** Bid and offer are further apart than governance allows, in volatility. */
    TOO_WIDE,
    /** The venue's own volatility is not the one its mark implies: a placeholder, or two moments mixed. */
    INCONSISTENT,
    /** Far from every arbitrage-free surface through its neighbours. */
    OUTLIER
}
