package io.bulwark.netting.surface;

/**
 * A place where a surface can be traded against itself without risk.
 *
 * @param kind which trade
 * @param years expiry of the option that is too dear, or of the later of two expiries
 * @param logStrike k = ln(K/F) there
 * @param size how large: see the kind
 * @param volatility the same as a move of that option's volatility, a fraction a year; 0 for a density
 */
public record ArbitrageViolation(Kind kind, double years, double logStrike, double size, double volatility) {
    /** The trades. */
    public enum Kind {
        /** The density of the underlying is negative: size is −g(k) of Durrleman's condition. */
        DENSITY,
        /** An option costs more than its two neighbours mixed to the same strike: size in units of the forward. */
        BUTTERFLY,
        /** Two neighbouring calls differ by less than nothing or more than their strikes: size in units of the forward. */
        VERTICAL,
        /** Total variance falls from one expiry to the next: size is the price given up at the same k, in units of the forward. */
        CALENDAR
    }
}
