package io.bulwark.netting.tail;

import io.bulwark.netting.tail.PeaksOverThreshold.GeneralisedPareto;
import java.util.Arrays;

/**
 * The law of one residual: the sample in the middle, generalised Pareto tails beyond its 5 % and 95 % quantiles (McNeil and Frey
 * 2000). Tails are fitted by moments, which exist for every sample.
 */
final class Marginal {
    /** Share of the sample in each tail. */
    public static final double TAIL_SHARE = 0.05;

    /** Fewer residuals than this leave too few in a tail. */
    public static final int SAMPLE_MIN = 100;

    private final double[] sorted;
    private final double lower;
    private final double upper;
    private final GeneralisedPareto lowerTail;
    private final GeneralisedPareto upperTail;

    private Marginal(double[] sorted) {
        this.sorted = sorted;
        this.lower = central(TAIL_SHARE);
        this.upper = central(1 - TAIL_SHARE);
        this.lowerTail = WeightedMoments.fit(
                Arrays.stream(sorted).filter(x -> x < lower).map(x -> lower - x).toArray());
        this.upperTail = WeightedMoments.fit(
                Arrays.stream(sorted).filter(x -> x > upper).map(x -> x - upper).toArray());
    }

    /** The law of a sample of {@link #SAMPLE_MIN} residuals or more. */
    public static Marginal of(double[] residuals) {
        if (residuals.length < SAMPLE_MIN) {
            throw new IllegalArgumentException(
                    "residuals must be " + SAMPLE_MIN + " or more; have " + residuals.length);
        }
        double[] sorted = residuals.clone();
        Arrays.sort(sorted);
        return new Marginal(sorted);
    }

    /** The tail below the 5 % quantile, as excesses downwards. */
    public GeneralisedPareto lowerTail() {
        return lowerTail;
    }

    /** The tail above the 95 % quantile. */
    public GeneralisedPareto upperTail() {
        return upperTail;
    }

    /**
     * The value below which a share of the law lies.
     *
     * @param probability in (0, 1)
     */
    public double quantile(double probability) {
        if (probability < TAIL_SHARE) {
            return lower - lowerTail.excess(probability / TAIL_SHARE);
        }
        if (probability > 1 - TAIL_SHARE) {
            return upper + upperTail.excess((1 - probability) / TAIL_SHARE);
        }
        return central(probability);
    }

    /** The middle of the i-th observation's own share of the law: (rank + ½)/n. */
    double probability(double residual) {
        int at = Arrays.binarySearch(sorted, residual);
        return ((at >= 0 ? at : -at - 1) + 0.5) / sorted.length;
    }

    /** n. */
    int size() {
        return sorted.length;
    }

    /** Between order statistics, each at (rank + ½)/n. */
    private double central(double probability) {
        double place = probability * sorted.length - 0.5;
        int below = (int) place;
        return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
