package io.bulwark.insurance.stresstest;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;
import java.util.stream.LongStream;

/**
 * How large the fund must be: {@code max(Cover-2, ES99, φ · total uncovered) + jump-to-zero + liquidity + venue default}. All amounts in u.
 *
 * <p>The φ term is a sum over members: affiliates who do not say so cannot move it. Market stress alone misses losses of
 * authenticity and keys, so the jump-to-zero layer stands beside it. Rule: contagion design, section 2.
 *
 * @param coverTwo worst pair in the same row, affiliates merged
 * @param hiddenAffiliateCover worst four: each of the worst pair may secretly be two
 * @param totalUncovered worst total of a row
 * @param market the largest of Cover-2, expected shortfall and φ · total
 * @param jumpToZero largest loss along one collateral symbol's chain if it is worth nothing
 * @param liquidity largest need of one member on the same day
 * @param venueDefault what all are short by beyond the market's part if one venue fails
 */
public record FundSize(
        long coverTwo,
        long hiddenAffiliateCover,
        long totalUncovered,
        long market,
        long jumpToZero,
        long liquidity,
        long venueDefault) {
    private static final int HIDDEN = 4;

    /**
     * The size.
     *
     * @param cover losses beyond margin by row
     * @param es99 expected shortfall of the simulated uncovered loss, ≥ 0
     * @param phiPpm share of the total that the fund must hold, ppm
     * @param jumpToZero ≥ 0
     * @param liquidity ≥ 0
     * @param venueDefault ≥ 0
     */
    public static FundSize of(
            CoverTwo cover, long es99, long phiPpm, long jumpToZero, long liquidity, long venueDefault) {
        if (LongStream.of(es99, phiPpm, jumpToZero, liquidity, venueDefault).anyMatch(part -> part < 0)) {
            throw new IllegalArgumentException(
                    "es99, phiPpm, jumpToZero, liquidity and venueDefault must be >= 0; have " + es99 + ", " + phiPpm
                            + ", " + jumpToZero + ", " + liquidity + ", " + venueDefault);
        }
        long total = cover.totalUncovered();
        long share = Rounding.exactLong(Rounding.cdiv(
                BigInteger.valueOf(phiPpm).multiply(BigInteger.valueOf(total)), BigInteger.valueOf(Rounding.PPM)));
        return new FundSize(
                cover.need(),
                cover.worst(HIDDEN).largest(HIDDEN),
                total,
                Math.max(cover.need(), Math.max(es99, share)),
                jumpToZero,
                liquidity,
                venueDefault);
    }

    /** All layers together. */
    public long total() {
        return LongStream.of(market, jumpToZero, liquidity, venueDefault).reduce(0, Math::addExact);
    }
}
