package io.bulwark.clearing.oracle;

/** What a report measures of its subject. */
public enum Measure {
    /** The spot or index price of a risk group or asset, in USD per unit. */
    INDEX_PRICE,
    /** The venue's mark price of an instrument, in USD per unit of the underlying. */
    MARK_PRICE,
    /** The implied volatility of an instrument, as a fraction a year: 0.625. */
    IMPLIED_VOLATILITY,
    /** How much of an asset one share of a vault or pool holds, in units; the subject is {@code share/asset}. */
    SHARE_CONTENT
}
