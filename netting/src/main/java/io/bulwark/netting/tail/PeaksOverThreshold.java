package io.bulwark.netting.tail;

import java.util.Arrays;

/**
 * The tail of a sample beyond a threshold: how much of the sample lies there, and the law of what does.
 *
 * @param threshold u, in the unit of the data
 * @param sampleSize n
 * @param exceedances N_u, observations &gt; u
 * @param law of the excesses x − u
 */
public record PeaksOverThreshold(double threshold, int sampleSize, int exceedances, GeneralisedPareto law) {
    /** Checks the counts. */
    public PeaksOverThreshold {
        if (exceedances < 1 || sampleSize < exceedances) {
            throw new IllegalArgumentException(
                    "exceedances must be 1 to " + sampleSize + " of the sample; have " + exceedances);
        }
    }

    /** The tail of a sample by maximum likelihood. */
    public static PeaksOverThreshold maximumLikelihood(double[] sample, double threshold) {
        double[] excesses = excesses(sample, threshold);
        return new PeaksOverThreshold(
                threshold,
                sample.length,
                excesses.length,
                ParetoLikelihood.fit(excesses).law());
    }

    /** What lies above the threshold, less the threshold, in the order of the sample. */
    public static double[] excesses(double[] sample, double threshold) {
        return Arrays.stream(sample)
                .filter(x -> x > threshold)
                .map(x -> x - threshold)
                .toArray();
    }

    /** N_u / n: the share of the sample beyond the threshold. */
    public double share() {
        return (double) exceedances / sampleSize;
    }

    /**
     * The value that is surpassed with probability 1 − level: u + β/ξ((n/N_u·(1 − level))^−ξ − 1).
     *
     * @param level in (0, 1)
     */
    public double valueAtRisk(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be > 0 and < 1; have " + level);
        }
        return threshold + law.excess((1 - level) / share());
    }

    /** The mean of what lies beyond the value at risk: VaR/(1 − ξ) + (β − ξu)/(1 − ξ); infinite for ξ ≥ 1. */
    public double expectedShortfall(double level) {
        double value = valueAtRisk(level);
        return law.shape() >= 1 ? Double.POSITIVE_INFINITY : value + law.meanBeyond(value - threshold);
    }
}
