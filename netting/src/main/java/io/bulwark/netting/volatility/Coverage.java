package io.bulwark.netting.volatility;

import org.hipparchus.distribution.continuous.GammaDistribution;

/**
 * How often and how far losses passed a forecast of their tail.
 *
 * @param days number of forecasts
 * @param exceedances days on which the loss was larger than value at risk
 * @param failuresRatio likelihood ratio of the proportion of failures: P. Kupiec (1995)
 * @param failuresP its p-value, χ² of one degree of freedom
 * @param z2 second statistic of C. Acerbi and B. Székely (2014): 0 for a right forecast, negative if shortfall was forecast too small; −0.70 is critical at 5 %
 */
record Coverage(int days, int exceedances, double failuresRatio, double failuresP, double z2) {
    /** z2 below this refutes a forecast at 5 %, for any tail that markets show. */
    public static final double Z2_CRITICAL = -0.70;

    /**
     * The statistics of one series of forecasts.
     *
     * @param gains profit and loss of each day
     * @param valueAtRisk forecast for the same day, a loss > 0
     * @param shortfall forecast mean loss beyond it, > 0
     * @param tail probability of passing value at risk, such as 0.01
     */
    public static Coverage of(double[] gains, double[] valueAtRisk, double[] shortfall, double tail) {
        if (gains.length == 0 || gains.length != valueAtRisk.length || gains.length != shortfall.length) {
            throw new IllegalArgumentException("forecasts must be one a day, at least one; have " + gains.length + ", "
                    + valueAtRisk.length + ", " + shortfall.length);
        }
        int exceedances = 0;
        double excess = 0;
        for (int t = 0; t < gains.length; t++) {
            if (gains[t] < -valueAtRisk[t]) {
                exceedances++;
                excess += gains[t] / shortfall[t];
            }
        }
        double ratio = failuresRatio(gains.length, exceedances, tail);
        return new Coverage(gains.length, exceedances, ratio, chiSquareTail(ratio), 1 + excess / (gains.length * tail));
    }

    /** −2 ln of the likelihood of the expected over that of the observed proportion. */
    static double failuresRatio(int days, int exceedances, double tail) {
        double seen = (double) exceedances / days;
        double expected = logLikelihood(days, exceedances, tail);
        return Math.max(0, 2 * (logLikelihood(days, exceedances, seen) - expected));
    }

    private static double logLikelihood(int days, int exceedances, double p) {
        double hits = exceedances == 0 ? 0 : exceedances * StrictMath.log(p);
        double misses = exceedances == days ? 0 : (days - exceedances) * StrictMath.log(1 - p);
        return hits + misses;
    }

    private static double chiSquareTail(double ratio) {
        return 1 - new GammaDistribution(0.5, 2).cumulativeProbability(ratio);
    }

    /** Whether neither the number nor the size of the exceedances refutes the forecast at 5 %. */
    public boolean passes() {
        return failuresP >= 0.05 && z2 >= Z2_CRITICAL;
    }
}
