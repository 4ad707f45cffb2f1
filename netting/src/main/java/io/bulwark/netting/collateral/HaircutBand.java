package io.bulwark.netting.collateral;

import io.bulwark.clearing.instrument.AssetTier;
import io.bulwark.clearing.money.Rounding;

/**
 * The band of a class (margin formula, section 1.6): the haircut rises with σ from the low to the high end.
 *
 * @param low least haircut, ppm
 * @param high largest haircut, ppm
 * @param calm σ_used at and below which the haircut is the least, ppm a day
 * @param wild σ_used at and above which it is the largest, ppm a day
 * @param residualLow least residual ρ, ppm
 * @param residualHigh largest residual ρ, ppm
 */
record HaircutBand(long low, long high, long calm, long wild, long residualLow, long residualHigh) {
    private static final long ONE = Rounding.PPM;

    /** The band of a class. */
    static HaircutBand of(AssetTier tier) {
        return switch (tier) {
            case STABLE -> new HaircutBand(20_000, 50_000, 0, 10_000, 10_000, 10_000);
            case MAJOR -> new HaircutBand(100_000, 150_000, 20_000, 70_000, 20_000, 30_000);
            case GOVERNANCE -> new HaircutBand(250_000, 400_000, 50_000, 100_000, 50_000, 80_000);
        };
    }

    /** What σ adds to the least haircut, ppm, rounded up. */
    long ofSigma(long sigma) {
        return share(high - low, position(sigma));
    }

    /** What thin depth adds, ppm, rounded up: a quarter of the band where depth is half of what it should be, or less. */
    long ofThinDepth(long thin) {
        return share(high - low, Rounding.cdiv(thin, 4));
    }

    /** ρ, ppm: rises with thin depth and, above the majors, with σ. */
    long residual(AssetTier tier, long sigma, long thin, boolean broken) {
        long worst = Math.max(thin, tier == AssetTier.GOVERNANCE ? position(sigma) : 0);
        return residualLow + share(residualHigh - residualLow, broken ? ONE : worst);
    }

    private long position(long sigma) {
        return Rounding.cdiv(Math.clamp(sigma - calm, 0, wild - calm) * ONE, wild - calm);
    }

    private static long share(long whole, long ppm) {
        return Rounding.cdiv(whole * ppm, ONE);
    }
}
