package io.bulwark.netting.coverage;

import org.hipparchus.special.Gamma;

/**
 * A likelihood-ratio statistic and the probability of one at least as large under the hypothesis (χ² with so many degrees of
 * freedom, in the limit of many observations).
 *
 * @param statistic −2·ln of the ratio of likelihoods, ≥ 0
 * @param probability of a larger statistic, 0 to 1
 */
public record LikelihoodRatio(double statistic, double probability) {
    /** The statistic of a restricted and a free log-likelihood; rounding below 0 is 0. */
    static LikelihoodRatio of(double restricted, double free, int degrees) {
        return of(Math.max(0, -2 * (restricted - free)), degrees);
    }

    static LikelihoodRatio of(double statistic, int degrees) {
        return new LikelihoodRatio(statistic, Gamma.regularizedGammaQ(0.5 * degrees, 0.5 * statistic));
    }

    /** Log-likelihood of so many hits and misses at a hit rate; 0·ln 0 = 0. */
    static double bernoulli(int misses, int hits, double rate) {
        return times(misses, 1 - rate) + times(hits, rate);
    }

    private static double times(int count, double probability) {
        return count == 0 ? 0 : count * StrictMath.log(probability);
    }
}
