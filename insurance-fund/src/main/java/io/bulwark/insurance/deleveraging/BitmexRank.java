package io.bulwark.insurance.deleveraging;

import org.hipparchus.fraction.BigFraction;

/**
 * BitMEX's rank of a position: profit share times effective leverage, or divided by it where it loses. Values are signed:
 * shorts carry negative ones. A mark beyond the bankrupt value gives a negative leverage and ranks a bankrupt winner last: the
 * venue's formula, as it is.
 *
 * @param leverage |mark| / (mark − bankrupt)
 * @param profitShare (mark − entry) / |entry|
 * @param rank the higher, the sooner the position is closed
 */
public record BitmexRank(BigFraction leverage, BigFraction profitShare, BigFraction rank) {
    /**
     * Ranks a position.
     *
     * @param mark value at the mark price
     * @param bankrupt value at the bankruptcy price; differs from the mark
     * @param entry value at the average entry price; not 0
     */
    public static BitmexRank of(BigFraction mark, BigFraction bankrupt, BigFraction entry) {
        BigFraction cushion = mark.subtract(bankrupt);
        if (cushion.signum() == 0) {
            throw new IllegalArgumentException("bankruptValue must differ from markValue; have " + bankrupt);
        }
        if (entry.signum() == 0) {
            throw new IllegalArgumentException("avgEntryValue must not be 0; have 0");
        }
        BigFraction leverage = mark.abs().divide(cushion);
        BigFraction share = mark.subtract(entry).divide(entry.abs());
        if (share.signum() <= 0 && leverage.signum() == 0) {
            throw new IllegalArgumentException("markValue must not be 0 where the position loses; have 0");
        }
        return new BitmexRank(leverage, share, share.signum() > 0 ? share.multiply(leverage) : share.divide(leverage));
    }
}
