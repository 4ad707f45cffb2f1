package io.bulwark.netting.volatility;

/**
 * Something strange in a price history that stays as it is.
 *
 * @param underlying whose prices
 * @param firstDay first epoch day concerned
 * @param lastDay last epoch day concerned
 * @param kind what it is
 * @param value the figure that was noticed: the price that stands still, the logarithm of the range or of the move, the number of missing days
 */
public record PriceFlag(String underlying, int firstDay, int lastDay, Kind kind, double value) {
    /** What a filter notices and leaves. */
    public enum Kind {
        /** The close of the day before, and no range, on at least the governed number of days: no trade was seen, so these returns of 0 are no evidence of calm. */
        FLAT_RUN,
        /** A range beyond the limit that open or close bear out: a crash, not a misprint. */
        WIDE_DAY,
        /** A close further from the last one than the limit. Only a second source can tell a misprint from a collapse. */
        JUMP,
        /** Days without a price; the return over them counts as one. */
        GAP
    }
}
