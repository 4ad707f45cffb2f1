package io.bulwark.netting.forecast;

import java.util.List;

/** What a day's forecast is made of, in integers of 10⁻⁶, so that a model file sees the same numbers everywhere. Entry t reads days 0 … t only. */
final class Features {
    /** The names of all columns, in order. The first {@link #HAR} are the regressors of the regression. */
    static final List<String> NAMES = List.of(
            "ln RV 1",
            "ln RV 7",
            "ln RV 30",
            "ln RV 180",
            "negative return 1",
            "negative return 7",
            "negative return 30",
            "negative semivariance share",
            "absolute return",
            "volume surprise",
            "weekday");

    /** Columns of the log-HAR regression. */
    static final int HAR = 4;

    /** Columns of the regression with leverage. */
    static final int LEVERAGE = 7;

    /** The column that needs traded amounts. */
    static final int VOLUME = 9;

    /** Days that the regression's longest mean needs at least. */
    static final int WARM_UP = 60;

    static final double MICRO = 1e6;

    private static final int[] HORIZONS = {1, 7, 30, 180};
    private static final int VOLUME_DAYS = 30;
    private static final int EPOCH_WEEKDAY = 3;

    private Features() {}

    /** The integer columns of every day: a row a day. */
    static long[][] of(VarianceHistory history) {
        double[] variance = history.variance();
        double[] logReturn = history.logReturn();
        double[] share = history.negativeShare();
        double[] volume = history.volume();
        double[] falls = new double[logReturn.length];
        for (int t = 0; t < falls.length; t++) {
            falls[t] = Math.min(0, logReturn[t]);
        }
        long[][] rows = new long[history.size()][NAMES.size()];
        for (int t = 0; t < rows.length; t++) {
            for (int k = 0; k < HAR; k++) {
                rows[t][k] = micro(StrictMath.log(Trailing.mean(variance, t, HORIZONS[k])));
            }
            for (int k = 0; k < LEVERAGE - HAR; k++) {
                rows[t][HAR + k] = micro(Trailing.mean(falls, t, HORIZONS[k]));
            }
            rows[t][LEVERAGE] = micro(share[t]);
            rows[t][LEVERAGE + 1] = micro(Math.abs(logReturn[t]));
            rows[t][LEVERAGE + 2] = micro(surprise(volume, t));
            rows[t][LEVERAGE + 3] = micro(Math.floorMod(history.epochDay(t) + EPOCH_WEEKDAY, 7));
        }
        return rows;
    }

    /** ln of a day's volume over its mean of thirty days; 0 where either is not known. */
    private static double surprise(double[] volume, int t) {
        double mean = Trailing.mean(volume, t, VOLUME_DAYS);
        return volume[t] > 0 ? StrictMath.log(volume[t] / mean) : 0;
    }

    private static long micro(double value) {
        return (long) Math.rint(value * MICRO);
    }

    /** The first columns of one row as real numbers. */
    static double[] real(long[] row, int columns) {
        double[] real = new double[columns];
        for (int k = 0; k < columns; k++) {
            real[k] = row[k] / MICRO;
        }
        return real;
    }
}
