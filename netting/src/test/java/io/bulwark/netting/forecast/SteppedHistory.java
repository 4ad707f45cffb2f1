package io.bulwark.netting.forecast;

import org.hipparchus.random.Well19937c;

/** Histories to test with: a log-variance that reverts to its mean, returns drawn from it. */
final class SteppedHistory {
    private SteppedHistory() {}

    static VarianceHistory of(int days, long seed) {
        Well19937c random = new Well19937c(seed);
        int[] epochDays = new int[days];
        double[] variance = new double[days];
        double[] logReturn = new double[days];
        double[] share = new double[days];
        double[] volume = new double[days];
        double level = -7;
        for (int t = 0; t < days; t++) {
            level = -7 + 0.9 * (level + 7) + 0.3 * random.nextGaussian();
            epochDays[t] = 16_000 + t;
            variance[t] = Math.exp(level);
            logReturn[t] = t == 0 ? 0 : Math.sqrt(variance[t]) * random.nextGaussian();
            share[t] = random.nextDouble();
            volume[t] = 100 + 50 * random.nextDouble();
        }
        return new VarianceHistory("TEST", VarianceMeasure.REALISED, epochDays, variance, logReturn, share, volume);
    }
}
