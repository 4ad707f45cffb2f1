package io.bulwark.netting.coverage;

import org.hipparchus.special.Gamma;

/**
 * Whether exceedances are as frequent as promised, and whether they come alone.
 *
 * <p>Sources: P. Kupiec, "Techniques for verifying the accuracy of risk measurement models", Journal of Derivatives 3 (1995),
 * proportion of failures; P. Christoffersen, "Evaluating interval forecasts", International Economic Review 39 (1998),
 * independence by a first-order Markov chain over the n − 1 pairs of neighbouring days, and conditional coverage as the sum of
 * both statistics. Where a count is 0 its term is 0 (0·ln 0), so that no exceedance at all, one on the last day and only
 * exceedances have statistics too: independence is then 0 with probability 1.
 *
 * @param exceedances what was counted
 * @param kupiec proportion of failures, χ²(1)
 * @param independence χ²(1)
 * @param conditional both together, χ²(2)
 */
public record CoverageTest(
        Exceedances exceedances, LikelihoodRatio kupiec, LikelihoodRatio independence, LikelihoodRatio conditional) {

    /**
     * The tests at a promised rate.
     *
     * @param rate share of days on which an exceedance is expected, above 0 and below 1: 0.01 for 99 %
     */
    public static CoverageTest of(Exceedances exceedances, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("rate must be above 0 and below 1; have " + rate);
        }
        LikelihoodRatio kupiec = kupiec(exceedances, rate);
        LikelihoodRatio independence = independence(exceedances);
        return new CoverageTest(
                exceedances,
                kupiec,
                independence,
                LikelihoodRatio.of(kupiec.statistic() + independence.statistic(), 2));
    }

    private static LikelihoodRatio kupiec(Exceedances e, double rate) {
        int misses = e.days() - e.count();
        return LikelihoodRatio.of(
                LikelihoodRatio.bernoulli(misses, e.count(), rate),
                LikelihoodRatio.bernoulli(misses, e.count(), e.rate()),
                1);
    }

    private static LikelihoodRatio independence(Exceedances e) {
        int misses = e.quietQuiet() + e.hitQuiet();
        int hits = e.quietHit() + e.hitHit();
        return LikelihoodRatio.of(
                LikelihoodRatio.bernoulli(misses, hits, share(hits, misses)),
                LikelihoodRatio.bernoulli(e.quietQuiet(), e.quietHit(), share(e.quietHit(), e.quietQuiet()))
                        + LikelihoodRatio.bernoulli(e.hitQuiet(), e.hitHit(), share(e.hitHit(), e.hitQuiet())),
                1);
    }

    private static double share(int hits, int misses) {
        return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
    }

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
}
