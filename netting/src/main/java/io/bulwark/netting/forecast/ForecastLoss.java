package io.bulwark.netting.forecast;

/** How wrong a variance forecast was, and whether two forecasts differ. */
final class ForecastLoss {
    private ForecastLoss() {}

    /** x − ln x − 1 with x = realised/forecast: robust to a noisy proxy of the variance (Patton 2011). */
    public static double qlike(double realised, double forecast) {
        double x = realised / forecast;
        return x - StrictMath.log(x) - 1;
    }

    /** QLIKE of every day. */
    public static double[] qlike(double[] realised, double[] forecast) {
        double[] losses = new double[realised.length];
        for (int t = 0; t < losses.length; t++) {
            losses[t] = qlike(realised[t], forecast[t]);
        }
        return losses;
    }

    /** Mean of a column. */
    static double mean(double[] values) {
        return Trailing.mean(values, values.length - 1, values.length);
    }

    /**
     * Diebold and Mariano (1995): mean of the loss differences over its standard error, positive where the challenger loses less. The long-run variance is Newey and
     * West's (1987) with Bartlett weights and ⌊4(n/100)^(2/9)⌋ lags, at least {@code horizon − 1}.
     *
     * @return the statistic, standard normal under equal accuracy; 0 where the losses never differ
     */
    public static double dieboldMariano(double[] champion, double[] challenger, int horizon) {
        int n = champion.length;
        double[] difference = new double[n];
        for (int t = 0; t < n; t++) {
            difference[t] = champion[t] - challenger[t];
        }
        double mean = mean(difference);
        int lags = Math.max(horizon - 1, (int) (4 * StrictMath.pow(n / 100.0, 2.0 / 9)));
        double variance = autocovariance(difference, mean, 0);
        for (int lag = 1; lag <= Math.min(lags, n - 1); lag++) {
            variance += 2 * (1 - lag / (lags + 1.0)) * autocovariance(difference, mean, lag);
        }
        return variance > 0 ? mean / Math.sqrt(variance / n) : 0;
    }

    private static double autocovariance(double[] values, double mean, int lag) {
        double sum = 0;
        for (int t = lag; t < values.length; t++) {
            sum += (values[t] - mean) * (values[t - lag] - mean);
        }
        return sum / values.length;
    }
}
