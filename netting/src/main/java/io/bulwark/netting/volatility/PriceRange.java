package io.bulwark.netting.volatility;

/**
 * How far a price may move within the horizon: the fall and the rise that stress rows span, ppm of the price, rounded up.
 *
 * <p>margin.md §1.8: down 1 − exp(−m·σ_used·√H), up exp(m·σ_used·√H) − 1. A rise is never smaller than its fall.
 *
 * @param down largest fall, ppm, 0 to 10⁶
 * @param up largest rise, ppm, ≥ 0
 */
public record PriceRange(long down, long up) {
    private static final double PPM = 1e6;

    /** Checks the bounds. */
    public PriceRange {
        if (down < 0 || down > 1_000_000 || up < 0) {
            throw new IllegalArgumentException(
                    "fall must be 0 to 1000000 ppm and rise >= 0; have " + down + " and " + up);
        }
    }

    /**
     * The range of m standard deviations.
     *
     * @param sigmaUsed σ_used, of one day, ≥ 0
     * @param multiplier m, ≥ 0
     * @param horizonDays H, > 0; 1 in a published table
     */
    public static PriceRange of(double sigmaUsed, double multiplier, double horizonDays) {
        if (!(sigmaUsed >= 0 && multiplier >= 0 && horizonDays > 0)) {
            throw new IllegalArgumentException("volatility and multiplier must be >= 0 and the horizon > 0 days; have "
                    + sigmaUsed + ", " + multiplier + ", " + horizonDays);
        }
        return ofLogMove(multiplier * sigmaUsed * Math.sqrt(horizonDays));
    }

    /** The range of a log move, either way. */
    public static PriceRange ofLogMove(double logMove) {
        return new PriceRange(ppm(-StrictMath.expm1(-logMove)), ppm(StrictMath.expm1(logMove)));
    }

    private static long ppm(double share) {
        return (long) Math.ceil(PPM * share);
    }

    /** X of a table whose rows are symmetric: the larger of the two, which is the rise. */
    public long symmetric() {
        return Math.max(down, up);
    }

    /** This range with both sides inside published bounds, ppm. */
    public PriceRange within(long least, long most) {
        return new PriceRange(Math.clamp(down, least, Math.min(most, 1_000_000)), Math.clamp(up, least, most));
    }
}
