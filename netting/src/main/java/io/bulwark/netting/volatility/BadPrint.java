package io.bulwark.netting.volatility;

/**
 * One price that the filter found wrong and what stands in its place.
 *
 * @param underlying whose price
 * @param epochDay its day
 * @param field which of the day's prices
 * @param value as printed
 * @param replacement the nearest price that the day's own open and close bear out
 * @param rule why, with the figures
 */
public record BadPrint(String underlying, int epochDay, Field field, double value, double replacement, String rule) {
    /** The prices that a filter may replace. An open or close is never replaced: it is what the day ends on, and only a second source could refute it. */
    public enum Field {
        /** The day's highest price. */
        HIGH,
        /** The day's lowest price. */
        LOW
    }
}
