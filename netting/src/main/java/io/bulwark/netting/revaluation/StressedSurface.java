package io.bulwark.netting.revaluation;

import io.bulwark.netting.surface.VolatilitySurface;

/**
 * A surface as one scenario row leaves it: every listed option keeps its own volatility by strike while the forward moves, and
 * {@link SurfaceRule} moves level, term structure and skew, exactly as {@link OptionColumn} does for one option.
 *
 * @param base the surface of the epoch
 * @param rule how volatility moves
 * @param logMove ln of the factor by which forwards move
 * @param level relative move of volatility at τ = 1
 * @param twist sign of the term twist
 * @param skew slope of the tilt by moneyness
 * @param passed years that pass
 */
record StressedSurface(
        VolatilitySurface base,
        SurfaceRule rule,
        double logMove,
        double level,
        double twist,
        double skew,
        double passed)
        implements VolatilitySurface {

    /** Total variance that is left; expiries keep their names: {@code years} is the time before any of it passes. */
    @Override
    public double totalVariance(double logStrike, double years) {
        double left = Math.max(0, years - passed);
        double volatility = stressed(logStrike, years);
        return volatility * volatility * left;
    }

    private double stressed(double logStrike, double years) {
        double term = rule.termFactor(years);
        double own = base.volatility(logStrike + logMove, years);
        double moved = own * (1 + level * term + twist * (rule.twist(years) * term));
        return SurfaceRule.floored(SurfaceRule.skewed(moved, logStrike, SurfaceRule.rootYears(years), skew));
    }
}
