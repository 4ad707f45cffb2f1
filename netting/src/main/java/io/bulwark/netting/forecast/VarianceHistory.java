package io.bulwark.netting.forecast;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.decimal;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.volatility.DailyPrices;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What the models of one underlying may see: a row a day, a column an observation.
 *
 * @param underlying its name
 * @param measure how its variance was measured
 * @param epochDays days, strictly increasing
 * @param variance variance of the day's log return, > 0, per day
 * @param logReturn ln(close/close of the row before); 0 in the first row
 * @param negativeShare share of the variance that falling prices made, 0 to 1
 * @param volume traded amount, ≥ 0; all 0 where it is not known
 */
public record VarianceHistory(
        String underlying,
        VarianceMeasure measure,
        int[] epochDays,
        double[] variance,
        double[] logReturn,
        double[] negativeShare,
        double[] volume) {
    private static final int SHARE_DAYS = 7;

    /** Checks and copies. */
    public VarianceHistory {
        for (double[] column : new double[][] {variance, logReturn, negativeShare, volume}) {
            if (column.length != epochDays.length) {
                throw new IllegalArgumentException(underlying + ": columns must have one value a day, "
                        + epochDays.length + "; have " + column.length);
            }
        }
        for (int t = 0; t < epochDays.length; t++) {
            requireDay(underlying, t, t > 0 && epochDays[t] <= epochDays[t - 1], "days must increase strictly");
            requireDay(
                    underlying,
                    t,
                    !(variance[t] > 0 && variance[t] < Double.POSITIVE_INFINITY),
                    "variance must be > 0");
            requireDay(underlying, t, !Double.isFinite(logReturn[t]), "return must be finite");
            requireDay(underlying, t, !(negativeShare[t] >= 0 && negativeShare[t] <= 1), "share must be 0 to 1");
            requireDay(underlying, t, !(volume[t] >= 0 && volume[t] < Double.POSITIVE_INFINITY), "volume must be >= 0");
        }
        epochDays = epochDays.clone();
        variance = variance.clone();
        logReturn = logReturn.clone();
        negativeShare = negativeShare.clone();
        volume = volume.clone();
    }

    private static void requireDay(String underlying, int row, boolean broken, String rule) {
        if (broken) {
            throw new IllegalArgumentException(underlying + ", row " + row + ": " + rule);
        }
    }

    /**
     * Variances by the range of each day. The share of falling prices is that of the squared returns of seven days.
     *
     * @param prices cleaned prices
     * @param volume one a day, or empty where it is not known
     */
    public static VarianceHistory ofRanges(DailyPrices prices, double[] volume, VarianceMeasure measure) {
        double[] logReturn = new double[prices.size()];
        System.arraycopy(prices.logReturns(), 0, logReturn, 1, prices.size() - 1);
        return new VarianceHistory(
                prices.underlying(),
                measure,
                prices.epochDays(),
                measure.of(prices),
                logReturn,
                fallingShare(logReturn),
                volume.length == 0 ? new double[prices.size()] : volume);
    }

    /** Variances that were observed within the day, none below the governed least; semivariance is the part of falling prices. */
    public static VarianceHistory ofRealised(
            String underlying, int[] epochDays, double[] variance, double[] logReturn, double[] semivariance) {
        double[] share = new double[variance.length];
        for (int t = 0; t < share.length; t++) {
            share[t] = variance[t] > 0 ? Math.clamp(semivariance[t] / variance[t], 0, 1) : 0.5;
        }
        double least = ForecastParameters.varianceLeast();
        return new VarianceHistory(
                underlying,
                VarianceMeasure.REALISED,
                epochDays,
                Arrays.stream(variance).map(v -> Math.max(v, least)).toArray(),
                logReturn,
                share,
                new double[variance.length]);
    }

    private static double[] fallingShare(double[] logReturn) {
        double[] falling = new double[logReturn.length];
        double[] all = new double[logReturn.length];
        for (int t = 0; t < all.length; t++) {
            all[t] = logReturn[t] * logReturn[t];
            falling[t] = logReturn[t] < 0 ? all[t] : 0;
        }
        double[] share = new double[all.length];
        for (int t = 0; t < share.length; t++) {
            double total = Trailing.sum(all, t, SHARE_DAYS);
            share[t] = total > 0 ? Math.min(1, Trailing.sum(falling, t, SHARE_DAYS) / total) : 0.5;
        }
        return share;
    }

    /** Number of days. */
    public int size() {
        return epochDays.length;
    }

    /** Rows {@code first} to {@code end − 1}. */
    public VarianceHistory rows(int first, int end) {
        return new VarianceHistory(
                underlying,
                measure,
                Arrays.copyOfRange(epochDays, first, end),
                Arrays.copyOfRange(variance, first, end),
                Arrays.copyOfRange(logReturn, first, end),
                Arrays.copyOfRange(negativeShare, first, end),
                Arrays.copyOfRange(volume, first, end));
    }

    /** SHA-256 of ["bulwark-variance-history", 1, underlying, measure, [[day, variance, return, share, volume] …]], numbers as shortest decimals. */
    public Digest digest() {
        return array(
                        text("bulwark-variance-history"),
                        integer(1),
                        text(underlying),
                        text(measure.name()),
                        array(IntStream.range(0, size()).mapToObj(this::row).toList()))
                .sha256();
    }

    private CanonicalValue row(int t) {
        return array(
                integer(epochDays[t]),
                shortest(variance[t]),
                shortest(logReturn[t]),
                shortest(negativeShare[t]),
                shortest(volume[t]));
    }

    private static CanonicalValue shortest(double value) {
        return decimal(BigDecimal.valueOf(value));
    }

    @Override
    public int[] epochDays() {
        return epochDays.clone();
    }

    /** Epoch day of a row from 0. */
    public int epochDay(int row) {
        return epochDays[row];
    }

    @Override
    public double[] variance() {
        return variance.clone();
    }

    @Override
    public double[] logReturn() {
        return logReturn.clone();
    }

    @Override
    public double[] negativeShare() {
        return negativeShare.clone();
    }

    @Override
    public double[] volume() {
        return volume.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VarianceHistory that && digest().equals(that.digest());
    }

    @Override
    public int hashCode() {
        return 31 * underlying.hashCode() + Arrays.hashCode(variance);
    }

    @Override
    public String toString() {
        return "VarianceHistory[" + underlying + " " + measure + ", " + size() + " days]";
    }
}
