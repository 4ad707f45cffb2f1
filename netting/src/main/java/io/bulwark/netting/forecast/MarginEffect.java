package io.bulwark.netting.forecast;

import io.bulwark.netting.volatility.AntiProcyclicality;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;

/**
 * What a volatility is worth: the average one-day margin, long and short, that covers a given share of the moves when every day's margin is one multiple of that day's
 * σ. Long margin 1 − exp(−mσ), short exp(mσ) − 1.
 *
 * @param multiplier m, the smallest that covers
 * @param average mean of both sides' margins over all days, a share of notional
 */
public record MarginEffect(double multiplier, double average) {
    /**
     * The effect of one volatility.
     *
     * @param volatility σ of a day, known before its move
     * @param move the day's log return
     * @param coverage share of both sides' moves that the margin must cover, such as 0.9975
     */
    public static MarginEffect of(double[] volatility, double[] move, double coverage) {
        if (volatility.length != move.length || volatility.length == 0) {
            throw new IllegalArgumentException(
                    "volatilities and moves must be as many; have " + volatility.length + " and " + move.length);
        }
        double[] ratios = new double[move.length];
        for (int t = 0; t < ratios.length; t++) {
            ratios[t] = Math.abs(move[t]) / volatility[t];
        }
        Arrays.sort(ratios);
        int allowed = (int) (2 * ratios.length * (1 - coverage));
        double multiplier = ratios[Math.max(0, ratios.length - 1 - allowed)];
        double total = 0;
        for (double sigma : volatility) {
            total += (StrictMath.exp(multiplier * sigma) - StrictMath.exp(-multiplier * sigma)) / 2;
        }
        return new MarginEffect(multiplier, total / volatility.length);
    }

    /** σ of each day by the governed rule: max(σ_now, min(bound·σ_now, σ_ML)). */
    public static double[] governed(double[] now, double[] learned, double bound) {
        double[] governed = new double[now.length];
        for (int t = 0; t < governed.length; t++) {
            governed[t] = Math.max(now[t], Math.min(bound * now[t], learned[t]));
        }
        return governed;
    }

    /**
     * σ after the published tool against procyclicality: the stressed quantile of three years of the same σ, and the floor of ten years of returns.
     *
     * @param volatility any σ, a day each
     * @param longRun root mean square return of up to ten years, a day each
     */
    public static double[] used(double[] volatility, double[] longRun, VolatilityRule rule) {
        double[] used = new double[volatility.length];
        for (int t = 0; t < used.length; t++) {
            double stress = quantile(volatility, t, rule.stressDays(), rule.stressQuantile());
            used[t] = rule.tool().used(new AntiProcyclicality.Levels(volatility[t], volatility[t], stress, longRun[t]));
        }
        return used;
    }

    /** Hyndman and Fan's type 7 over the last days. */
    private static double quantile(double[] values, int row, int days, double p) {
        double[] window = Arrays.copyOfRange(values, Math.max(0, row + 1 - days), row + 1);
        Arrays.sort(window);
        double at = p * (window.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, window.length - 1);
        return window[below] + (at - below) * (window[above] - window[below]);
    }
}
