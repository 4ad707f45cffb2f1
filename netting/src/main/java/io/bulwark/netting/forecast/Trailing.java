package io.bulwark.netting.forecast;

/** Sums and means over the last days up to and with a day; fewer at the start. Summed anew for each day, so that no rounding error travels. */
final class Trailing {
    private Trailing() {}

    static double sum(double[] values, int row, int days) {
        double sum = 0;
        for (int t = Math.max(0, row + 1 - days); t <= row; t++) {
            sum += values[t];
        }
        return sum;
    }

    static double mean(double[] values, int row, int days) {
        return sum(values, row, days) / Math.min(row + 1, days);
    }

    /** Exponentially weighted mean; plain until its newest weight has fallen to 1 − decay. */
    static double[] ewma(double[] values, double decay) {
        double[] means = new double[values.length];
        double mean = 0;
        for (int t = 0; t < values.length; t++) {
            mean += Math.max(1.0 / (t + 1), 1 - decay) * (values[t] - mean);
            means[t] = mean;
        }
        return means;
    }
}
