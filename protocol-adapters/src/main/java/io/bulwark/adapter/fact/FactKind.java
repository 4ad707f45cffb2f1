package io.bulwark.adapter.fact;

import java.util.Locale;

/** What a fact is about, in the house's words. */
public enum FactKind {
    /** A derivative held: signed size in units of the underlying, long &gt; 0. */
    POSITION,
    /** An asset held, ≥ 0. */
    COLLATERAL,
    /** An asset owed, ≥ 0. */
    DEBT,
    /** What the venue itself says of an account as a whole: equity, margin, what may be withdrawn. Never taken for a holding. */
    ACCOUNT,
    /** A price of an instrument or asset. */
    PRICE,
    /** An implied or index volatility, as a fraction a year. */
    VOLATILITY,
    /** A sensitivity that the venue computed. */
    SENSITIVITY,
    /** A funding rate, a fraction of notional for the interval that the fact names. */
    FUNDING,
    /** An interest rate, a fraction a year. */
    INTEREST,
    /** A level of an order book: how much stands at a price. */
    DEPTH,
    /** Open interest, volume: how much is traded or held by all. */
    SIZE,
    /** A number by which the venue governs a market: margin fractions, tiers, caps, factors, tick sizes. */
    PARAMETER,
    /** An instrument's or asset's terms: strike, expiry, contract size, decimals. */
    INSTRUMENT,
    /** An order that stands in a book. */
    ORDER,
    /** A trade of an account, or a liquidation. */
    TRADE,
    /** A deposit, withdrawal, transfer, or funding payment. */
    MOVEMENT,
    /** What a venue's insurance fund holds. */
    INSURANCE_FUND,
    /** A venue's height or clock. */
    CLOCK,
    /** How often a venue may be asked. */
    LIMIT;

    /** As it is printed: {@code insurance-fund}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a word. */
    public static FactKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
