package io.bulwark.netting.coverage;

import org.hipparchus.special.Erf;

/**
 * The rate of exceedances over a horizon of several days, from windows that overlap: the standard error counts that
 * neighbouring windows share days.
 *
 * <p>Source: W. Newey and K. West, "A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
 * covariance matrix", Econometrica 55 (1987), Bartlett weights with as many lags as windows overlap. A handful of exceedances
 * says little of its own error, and none says nothing: the error is at least that of as many independent windows at the promised
 * rate.
 *
 * @param windows number of overlapping windows
 * @param count windows with an exceedance
 * @param standardError of the rate
 * @param probability two-sided, of a rate at least as far from the promised one; 1 for no windows
 */
public record OverlappingCoverage(int windows, int count, double standardError, double probability) {
    /**
     * The test.
     *
     * @param hits one per window, in the order of their start
     * @param horizonDays length of a window; horizonDays − 1 lags
     * @param rate promised
     */
    public static OverlappingCoverage of(boolean[] hits, int horizonDays, double rate) {
        int count = 0;
        for (boolean hit : hits) {
            count += hit ? 1 : 0;
        }
        double mean = hits.length == 0 ? 0 : (double) count / hits.length;
        double variance = autocovariance(hits, mean, 0);
        for (int lag = 1; lag < horizonDays; lag++) {
            variance += 2 * (1 - (double) lag / horizonDays) * autocovariance(hits, mean, lag);
        }
        double error = hits.length == 0 ? 0 : Math.sqrt(Math.max(rate * (1 - rate), variance) / hits.length);
        return new OverlappingCoverage(hits.length, count, error, probability(mean - rate, error));
    }

    private static double autocovariance(boolean[] hits, double mean, int lag) {
        double sum = 0;
        for (int i = lag; i < hits.length; i++) {
            sum += (value(hits[i]) - mean) * (value(hits[i - lag]) - mean);
        }
        return hits.length == 0 ? 0 : sum / hits.length;
    }

    private static double value(boolean hit) {
        return hit ? 1 : 0;
    }

    private static double probability(double difference, double error) {
        return error == 0 ? 1 : Erf.erfc(Math.abs(difference) / error / Math.sqrt(2));
    }
}
