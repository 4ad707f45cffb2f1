package io.bulwark.netting.forecast;

/** What a learned volatility may do. */
public enum Standing {
    /** Nothing is proposed: σ_now as it is. */
    CLASSICAL,
    /** A challenger forecasts beside the champion and changes nothing. */
    SHADOW,
    /** The challenger has passed: it may raise σ within the bound. */
    PROMOTED,
    /** Switched off by hand, until a model is proposed anew. */
    STOPPED
}
