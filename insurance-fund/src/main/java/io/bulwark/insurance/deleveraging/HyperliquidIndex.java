package io.bulwark.insurance.deleveraging;

import org.hipparchus.fraction.BigFraction;

/**
 * Hyperliquid's deleveraging index: price gain times leverage, highest closed first. The venue documents long positions; for
 * shorts the price ratio is inverted here, an assumption.
 */
public final class HyperliquidIndex {
    private HyperliquidIndex() {}

    /**
     * The index of a position.
     *
     * @param isLong whether the position gains when the price rises
     * @param mark price, > 0
     * @param entry price, > 0
     * @param notional of the position
     * @param accountValue of its account, not 0
     */
    public static BigFraction of(
            boolean isLong, BigFraction mark, BigFraction entry, BigFraction notional, BigFraction accountValue) {
        if (mark.signum() <= 0 || entry.signum() <= 0) {
            throw new IllegalArgumentException("mark and entry must be > 0; have " + mark + " and " + entry);
        }
        if (accountValue.signum() == 0) {
            throw new IllegalArgumentException("accountValue must not be 0; have 0");
        }
        BigFraction gain = isLong ? mark.divide(entry) : entry.divide(mark);
        return gain.multiply(notional.divide(accountValue));
    }
}
