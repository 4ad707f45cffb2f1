package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;

/**
 * Variance observed within a day: the sum of squared hourly log returns. It says more about the day than its one squared return, if enough hours are good.
 *
 * <p>T. Andersen, T. Bollerslev, F. Diebold and P. Labys (2003).
 */
final class RealisedVariance {
    private static final int HOURS = 24;

    private RealisedVariance() {}

    /**
     * The variance of one day, its missing hours taken as average ones.
     *
     * @param hourlyLogReturns of one UTC day, at most 24; NaN for an hour that is missing or bad
     * @param parameters how many hours must be good
     * @return NaN if fewer hours are good than governance asks for
     */
    public static double ofDay(double[] hourlyLogReturns, ParameterSet parameters) {
        if (hourlyLogReturns.length > HOURS) {
            throw new IllegalArgumentException("a day must have at most 24 hours; have " + hourlyLogReturns.length);
        }
        double sum = 0;
        int good = 0;
        for (double r : hourlyLogReturns) {
            if (!Double.isNaN(r)) {
                sum += r * r;
                good++;
            }
        }
        return good >= parameters.value(VolatilityParameters.HOURS_LEAST) ? sum * HOURS / good : Double.NaN;
    }

    /** Whether the volatility of one hour puts the regime to stress before the day is over: √variance &gt; 4·σ_now/√24. */
    public static boolean alarms(double hourVariance, double sigmaNow, ParameterSet parameters) {
        double multiple = VolatilityParameters.share(parameters, VolatilityParameters.REGIME_HOUR);
        return Math.sqrt(hourVariance) > multiple * sigmaNow / Math.sqrt(HOURS);
    }
}
