package io.bulwark.netting.volatility;

import java.util.Arrays;

/**
 * Volatility, kurtosis, multiplier and regime of every day of a history, a column each. Entry t reads returns 0 … t only, so the margin for the move from t to t+1
 * reads entry t.
 *
 * <ul>
 *   <li>{@code now}: root of the exponentially weighted mean square return. The mean is plain until its newest weight has fallen to 1 − λ, so that no later day is
 *       needed to begin with. A day with a realised variance counts with that instead of its squared return.
 *   <li>{@code stress}: quantile of {@code now} over the last years, by linear interpolation (Hyndman and Fan, type 7).
 *   <li>{@code tenYear}: root mean square return over up to ten years.
 *   <li>{@code used}: what the tool against procyclicality makes of them.
 *   <li>{@code kurtosis}: exponentially weighted mean of min(z⁴, clip⁴), z the return over yesterday's {@code now}; it begins when {@code now} has its full weight.
 *   <li>{@code multiplier}: standard deviations of the price range at this kurtosis.
 *   <li>{@code stressed}: {@code now} is above a multiple of its own median of a year.
 * </ul>
 *
 * <p>RiskMetrics Technical Document (1996) §5.2 for the weights; EU regulation 153/2013 article 28 for the tools.
 *
 * @param now σ_now a day
 * @param stress σ_stress a day
 * @param tenYear σ_10y a day
 * @param used σ_used a day
 * @param kurtosis K4
 * @param multiplier m
 * @param stressed the regime
 */
public record VolatilityPath(
        double[] now,
        double[] stress,
        double[] tenYear,
        double[] used,
        double[] kurtosis,
        double[] multiplier,
        boolean[] stressed) {
    /** Checks the lengths and copies. */
    public VolatilityPath {
        if (now.length == 0) {
            throw new IllegalArgumentException("a volatility needs at least one return; have 0");
        }
        for (double[] column : new double[][] {stress, tenYear, used, kurtosis, multiplier}) {
            if (column.length != now.length) {
                throw new IllegalArgumentException(
                        "columns must have one length; have " + column.length + " and " + now.length);
            }
        }
        now = now.clone();
        stress = stress.clone();
        tenYear = tenYear.clone();
        used = used.clone();
        kurtosis = kurtosis.clone();
        multiplier = multiplier.clone();
        stressed = stressed.clone();
    }

    /**
     * The path over daily log returns.
     *
     * @throws IllegalArgumentException if there is no return or one is not finite
     */
    public static VolatilityPath of(double[] logReturns, VolatilityRule rule) {
        double[] now = now(logReturns, squares(logReturns), rule);
        double[] tenYear = longRun(logReturns, rule.longRunDays());
        double[] stress = quantiles(now, rule.stressDays(), rule.stressQuantile());
        double[] recent = quantiles(now, rule.bufferDays(), 0.5);
        double[] year = quantiles(now, rule.regimeDays(), 0.5);
        double[] used = new double[now.length];
        boolean[] stressed = new boolean[now.length];
        for (int t = 0; t < now.length; t++) {
            used[t] = rule.tool().used(new AntiProcyclicality.Levels(now[t], recent[t], stress[t], tenYear[t]));
            stressed[t] = now[t] > rule.regime() * year[t];
        }
        double[] kurtosis = kurtosis(logReturns, now, rule);
        double[] multiplier = Arrays.stream(kurtosis).map(rule.multiplier()::of).toArray();
        return new VolatilityPath(now, stress, tenYear, used, kurtosis, multiplier, stressed);
    }

    private static double[] squares(double[] logReturns) {
        double[] squares = new double[logReturns.length];
        for (int t = 0; t < squares.length; t++) {
            if (!Double.isFinite(logReturns[t])) {
                throw new IllegalArgumentException("return at row " + t + " must be finite; have " + logReturns[t]);
            }
            squares[t] = logReturns[t] * logReturns[t];
        }
        return squares;
    }

    private static double[] now(double[] logReturns, double[] squares, VolatilityRule rule) {
        double[] now = new double[logReturns.length];
        double variance = 0;
        for (int t = 0; t < now.length; t++) {
            double weight = Math.max(1.0 / (t + 1), 1 - rule.decay());
            variance += weight * (squares[t] - variance);
            now[t] = Math.sqrt(variance);
        }
        return now;
    }

    private static double[] longRun(double[] logReturns, int days) {
        double[] sums = new double[logReturns.length + 1];
        double[] longRun = new double[logReturns.length];
        for (int t = 0; t < longRun.length; t++) {
            sums[t + 1] = sums[t] + logReturns[t] * logReturns[t];
            int first = Math.max(0, t + 1 - days);
            longRun[t] = Math.sqrt((sums[t + 1] - sums[first]) / (t + 1 - first));
        }
        return longRun;
    }

    private static double[] quantiles(double[] now, int days, double p) {
        SlidingWindow window = new SlidingWindow(days);
        double[] quantiles = new double[now.length];
        for (int t = 0; t < now.length; t++) {
            window.add(now[t]);
            quantiles[t] = window.quantile(p);
        }
        return quantiles;
    }

    private static double[] kurtosis(double[] logReturns, double[] now, VolatilityRule rule) {
        double decay = rule.kurtosis().decay();
        double clip = rule.kurtosis().clip();
        double fullWeight = 1 / (1 - rule.decay());
        double[] kurtosis = new double[now.length];
        double mean = rule.kurtosis().start();
        for (int t = 0; t < now.length; t++) {
            if (t >= fullWeight) {
                double z = standardised(logReturns[t], now[t - 1], clip);
                mean = decay * mean + (1 - decay) * z * z * z * z;
            }
            kurtosis[t] = mean;
        }
        return kurtosis;
    }

    /** |return| in units of the volatility before it, at most {@code clip}; a move out of perfect calm counts as the clip. */
    private static double standardised(double logReturn, double volatility, double clip) {
        double size = Math.abs(logReturn);
        return size >= clip * volatility && size > 0 ? clip : size == 0 ? 0 : size / volatility;
    }

    /** Number of days. */
    public int size() {
        return now.length;
    }

    /** All estimates of one row from 0. */
    public VolatilityEstimate at(int t) {
        return new VolatilityEstimate(now[t], stress[t], tenYear[t], used[t], kurtosis[t], multiplier[t], stressed[t]);
    }

    /** All estimates of the last day. */
    public VolatilityEstimate last() {
        return at(size() - 1);
    }

    /** m·σ_used of one row: the log move that a day's price range spans. */
    public double logMove(int t) {
        return multiplier[t] * used[t];
    }

    @Override
    public double[] now() {
        return now.clone();
    }

    @Override
    public double[] stress() {
        return stress.clone();
    }

    @Override
    public double[] tenYear() {
        return tenYear.clone();
    }

    @Override
    public double[] used() {
        return used.clone();
    }

    @Override
    public double[] kurtosis() {
        return kurtosis.clone();
    }

    @Override
    public double[] multiplier() {
        return multiplier.clone();
    }

    @Override
    public boolean[] stressed() {
        return stressed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolatilityPath that
                && Arrays.equals(now, that.now)
                && Arrays.equals(stress, that.stress)
                && Arrays.equals(tenYear, that.tenYear)
                && Arrays.equals(used, that.used)
                && Arrays.equals(kurtosis, that.kurtosis)
                && Arrays.equals(multiplier, that.multiplier)
                && Arrays.equals(stressed, that.stressed);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(used) + Arrays.hashCode(kurtosis);
    }

    @Override
    public String toString() {
        return "VolatilityPath[" + size() + " days, last " + last() + "]";
    }
}
