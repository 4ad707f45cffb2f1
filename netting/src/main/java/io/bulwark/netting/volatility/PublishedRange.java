package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;

/**
 * The price range that is published day after day: each day's estimate inside the governed bounds, but never more than the limited
 * fall below the day before, and either side within the governed multiple of all that was published of it in the year before
 * ({@link YearBound}). It is a function of the price history alone, so whoever has the prices finds the limits at work.
 */
final class PublishedRange {
    private static final double HORIZON_DAYS = 1;

    /** An estimate of fewer returns says nothing that a year should remember. */
    private static final int SETTLED = 30;

    private PublishedRange() {}

    /** The range of every day: entry t is that after return t, and reads no later one. */
    static PriceRange[] of(DailyPrices prices, VolatilityPath path, ParameterSet parameters) {
        if (path.size() != prices.size() - 1) {
            throw new IllegalArgumentException(
                    "estimates must be one a return, " + (prices.size() - 1) + "; have " + path.size());
        }
        SpeedLimit limit = SpeedLimit.within(VolatilityParameters.RANGE, parameters);
        YearBound downs = YearBound.of(parameters);
        YearBound ups = YearBound.of(parameters);
        PriceRange[] ranges = new PriceRange[path.size()];
        ranges[0] = first(estimate(path, 0));
        for (int t = 1; t < ranges.length; t++) {
            int day = prices.epochDay(t + 1);
            PriceRange next = next(limit, ranges[t - 1], estimate(path, t), day - prices.epochDay(t));
            ranges[t] = new PriceRange(downs.within(day, next.down()), ups.within(day, next.up()));
            if (t >= SETTLED) {
                downs.publish(day, ranges[t].down());
                ups.publish(day, ranges[t].up());
            }
        }
        return ranges;
    }

    private static PriceRange estimate(VolatilityPath path, int t) {
        VolatilityEstimate at = path.at(t);
        return PriceRange.of(at.used(), at.multiplier(), HORIZON_DAYS);
    }

    private static PriceRange first(PriceRange estimate) {
        Parameter bounds = VolatilityParameters.RANGE;
        return estimate.within(bounds.least(), bounds.most());
    }

    private static PriceRange next(SpeedLimit limit, PriceRange published, PriceRange estimate, int days) {
        return new PriceRange(
                limit.next(published.down(), estimate.down(), days), limit.next(published.up(), estimate.up(), days));
    }

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
                throw new IllegalArgumentException(
                        "volatility and multiplier must be >= 0 and the horizon > 0 days; have " + sigmaUsed + ", "
                                + multiplier + ", " + horizonDays);
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
}
