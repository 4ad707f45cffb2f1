package io.bulwark.netting.forecast;

import java.util.Arrays;

/**
 * The log-HAR regression over a whole series: ln v(t+1) on a constant and the logarithms of the means of v over 1, 7, 30 and 180 days up to t (fewer at the start),
 * from the first t with 60 days. Corsi (2009) with the weeks of a market that never closes.
 *
 * @param observations n
 * @param constant intercept
 * @param day coefficient of the last day
 * @param week of the last 7 days
 * @param month of the last 30 days
 * @param halfYear of the last 180 days
 * @param residualVariance divided by n
 * @param r2 in the sample
 * @param qlike mean of x − ln x − 1 in the sample, x = v(t+1)/exp(fit + residualVariance/2)
 */
public record HarFit(
        int observations,
        double constant,
        double day,
        double week,
        double month,
        double halfYear,
        double residualVariance,
        double r2,
        double qlike) {
    private static final int[] HORIZONS = {1, 7, 30, 180};

    /**
     * Fits.
     *
     * @param variance daily variances, all > 0
     * @throws IllegalArgumentException if they are too few, one is not > 0, or the regressors are dependent
     */
    public static HarFit of(double[] variance) {
        int first = Features.WARM_UP - 1;
        int n = variance.length - 1 - first;
        if (n <= HORIZONS.length + 1) {
            throw new IllegalArgumentException("log-HAR needs more than " + (variance.length - n + HORIZONS.length + 1)
                    + " days; have " + variance.length);
        }
        double[][] rows = new double[n][HORIZONS.length];
        double[] target = new double[n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < HORIZONS.length; k++) {
                rows[i][k] = logarithm(Trailing.mean(variance, first + i, HORIZONS[k]), first + i);
            }
            target[i] = logarithm(variance[first + i + 1], first + i + 1);
        }
        Regression fit = Regression.fit(rows, target);
        double[] loss = new double[n];
        for (int i = 0; i < n; i++) {
            double forecast = StrictMath.exp(fit.at(rows[i]) + fit.residualVariance() / 2);
            loss[i] = ForecastLoss.qlike(variance[first + i + 1], forecast);
        }
        double[] c = fit.coefficients();
        double qlike = Arrays.stream(loss).sum() / n;
        return new HarFit(n, c[0], c[1], c[2], c[3], c[4], fit.residualVariance(), fit.r2(), qlike);
    }

    private static double logarithm(double variance, int row) {
        if (!(variance > 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("variance of row " + row + " must be > 0; have " + variance);
        }
        return StrictMath.log(variance);
    }
}
