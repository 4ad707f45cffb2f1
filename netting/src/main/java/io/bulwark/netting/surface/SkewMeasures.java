package io.bulwark.netting.surface;

import io.bulwark.netting.pricing.NormalDistribution;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * The three numbers by which traders name a smile, all volatilities a year as fractions.
 *
 * @param years to expiry
 * @param money volatility at the forward
 * @param riskReversal σ(25Δ put) − σ(25Δ call): above 0 where falls are dearer than rises
 * @param butterfly the mean of both wings over the money: ½(σ(25Δ put) + σ(25Δ call)) − σ(money)
 */
public record SkewMeasures(double years, double money, double riskReversal, double butterfly) {
    private static final double DELTA = 0.25;
    private static final double DEVIATIONS = 8;
    private static final double RELATIVE = 1e-12;
    private static final double ABSOLUTE = 1e-12;
    private static final int ORDER = 5;
    private static final int EVALUATIONS_MAX = 200;

    /** Of a surface at one time; deltas are forward deltas N(d₁), undiscounted. */
    public static SkewMeasures of(VolatilitySurface surface, double years) {
        double put = surface.volatility(logStrike(surface, years, 1 - DELTA), years);
        double call = surface.volatility(logStrike(surface, years, DELTA), years);
        double money = surface.volatility(0, years);
        return new SkewMeasures(years, money, put - call, 0.5 * (put + call) - money);
    }

    /** The log-strike whose call has a forward delta. */
    static double logStrike(VolatilitySurface surface, double years, double delta) {
        double reach = DEVIATIONS * Math.sqrt(surface.totalVariance(0, years));
        return new BracketingNthOrderBrentSolver(RELATIVE, ABSOLUTE, ORDER)
                .solve(EVALUATIONS_MAX, k -> callDelta(surface.totalVariance(k, years), k) - delta, -reach, reach);
    }

    private static double callDelta(double variance, double logStrike) {
        double deviation = Math.sqrt(variance);
        return NormalDistribution.cumulative(-logStrike / deviation + 0.5 * deviation);
    }
}
