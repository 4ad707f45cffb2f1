package io.bulwark.netting.coverage;

import java.util.Arrays;

/**
 * Value at risk and expected shortfall of equally likely profits.
 *
 * @param valueAtRisk minus the quantile, by linear interpolation (Hyndman and Fan, type 7)
 * @param shortfall mean loss of exactly the worst share, the boundary sample split: what {@code netting.margin} takes
 */
public record SampleTail(double valueAtRisk, double shortfall) {
    /** The worst share of a sample. */
    public static SampleTail of(double[] profits, double rate) {
        double[] sorted = profits.clone();
        Arrays.sort(sorted);
        double worst = sorted.length * rate;
        int whole = (int) Math.min(sorted.length, Math.floor(worst * (1 + 1e-12)));
        double sum = 0;
        for (int i = 0; i < whole; i++) {
            sum += sorted[i];
        }
        double part = worst - whole;
        if (part > 0 && whole < sorted.length) {
            sum += part * sorted[whole];
        }
        return new SampleTail(-quantile(sorted, rate), -sum / worst);
    }

    /** Quantile of a sorted sample. */
    public static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
