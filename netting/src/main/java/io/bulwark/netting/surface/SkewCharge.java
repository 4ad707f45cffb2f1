package io.bulwark.netting.surface;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.Arrays;

/**
 * ψ_u, the share of the loss from a steeper skew that the negative-skew add-on charges: {@code clamp(¼(1 + z), 0, most)} with z
 * the score of today's 25Δ put-call skew against its own last year (margin formula, section 1.8).
 */
final class SkewCharge {
    private static final int YEAR = 365;
    private static final int OBSERVATIONS_LEAST = 60;
    private static final double SPREAD_LEAST = 1e-6;

    private SkewCharge() {}

    /**
     * (today − mean)/deviation over the last 365 observations, today's included; 0 while there are fewer than 60, or where they do
     * not vary.
     *
     * @param riskReversals one a day, oldest first, today's last
     */
    public static double score(double[] riskReversals) {
        double[] year =
                Arrays.copyOfRange(riskReversals, Math.max(0, riskReversals.length - YEAR), riskReversals.length);
        if (year.length < OBSERVATIONS_LEAST) {
            return 0;
        }
        double mean = 0;
        for (double value : year) {
            mean += value / year.length;
        }
        double squares = 0;
        for (double value : year) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (year.length - 1));
        return deviation < SPREAD_LEAST ? 0 : (year[year.length - 1] - mean) / deviation;
    }

    /** ψ in ppm, rounded up. */
    public static long psi(double score, ParameterSet parameters) {
        long psi = (long) Math.ceil((double) parameters.value(SurfaceParameters.SKEW_CENTRE) * (1 + score));
        return Math.clamp(psi, 0, parameters.value(SurfaceParameters.SKEW_MOST));
    }
}
