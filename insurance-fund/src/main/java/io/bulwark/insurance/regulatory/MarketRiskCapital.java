package io.bulwark.insurance.regulatory;

import java.util.List;

/** Market-risk capital of the internal-models approach. Source: Basel Framework MAR33. */
public final class MarketRiskCapital {
    private static final double[] HORIZON_DAYS = {10, 20, 40, 60, 120};
    private static final double BASE_DAYS = 10;
    private static final double DIVERSIFIED = 0.5;
    private static final double REDUCED_SET_MIN = 0.75;
    private static final double MULTIPLIER = 1.5;
    private static final int GREEN_MAX = 4;
    private static final double[] ADD_ON = {0.20, 0.26, 0.33, 0.38, 0.42, 0.50};

    private MarketRiskCapital() {}

    /**
     * Expected shortfall with liquidity horizons: {@code √Σⱼ ESⱼ²·(LHⱼ − LHⱼ₋₁)/10} (MAR33.4).
     *
     * @param byBucket ES over ten days of the factors with at least horizon j: 10, 20, 40, 60, 120 days; shorter where the rest is
     *     empty
     */
    public static double liquidityHorizonShortfall(double[] byBucket) {
        if (byBucket.length > HORIZON_DAYS.length) {
            throw new IllegalArgumentException(
                    "esByBucket must have at most " + HORIZON_DAYS.length + "; have " + byBucket.length);
        }
        double sum = 0;
        double previous = 0;
        for (int j = 0; j < byBucket.length; j++) {
            sum += byBucket[j] * byBucket[j] * (HORIZON_DAYS[j] - previous) / BASE_DAYS;
            previous = HORIZON_DAYS[j];
        }
        return StrictMath.sqrt(sum);
    }

    /**
     * Expected shortfall calibrated to stress (MAR33.5 to 33.7).
     *
     * @param stressed on the reduced set of factors in the stress period
     * @param full on all factors, current period
     * @param reduced on the reduced set, current period, > 0
     */
    public record Shortfall(double stressed, double full, double reduced) {
        /** Checks the divisor. */
        public Shortfall {
            if (!(reduced > 0)) {
                throw new IllegalArgumentException("ES_RC must be > 0; have " + reduced);
            }
        }

        /** By how much the reduced set is scaled up: at least 1. */
        public double ratio() {
            return Math.max(1, full / reduced);
        }

        /** The calibrated figure. */
        public double calibrated() {
            return stressed * ratio();
        }

        /** Whether the reduced set explains enough: at least three quarters. */
        public boolean reducedSetSuffices() {
            return reduced >= REDUCED_SET_MIN * full;
        }
    }

    /** IMCC: half of all factors together, half of the sum of the types alone (MAR33.15). */
    public static double modelCapital(Shortfall all, List<Shortfall> types) {
        double alone = types.stream().mapToDouble(Shortfall::calibrated).sum();
        return DIVERSIFIED * all.calibrated() + (1 - DIVERSIFIED) * alone;
    }

    /**
     * Capital with the back-testing multiplier (MAR33.41): {@code max(IMCC + SES, m·average IMCC + average SES)}.
     *
     * @param current IMCC of the day
     * @param nonModellable SES of the day
     * @param averageCurrent mean of sixty days
     * @param averageNonModellable mean of sixty days
     * @param exceptions of the last 250 days, ≥ 0
     */
    public static double capital(
            double current, double nonModellable, double averageCurrent, double averageNonModellable, int exceptions) {
        if (exceptions < 0) {
            throw new IllegalArgumentException("exceptions must be >= 0; have " + exceptions);
        }
        int step = Math.min(exceptions, GREEN_MAX + ADD_ON.length) - GREEN_MAX - 1;
        double multiplier = MULTIPLIER + (step < 0 ? 0 : ADD_ON[step]);
        return Math.max(current + nonModellable, multiplier * averageCurrent + averageNonModellable);
    }
}
