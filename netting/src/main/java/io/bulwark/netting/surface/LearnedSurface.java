package io.bulwark.netting.surface;

/**
 * A fitted surface with a learned residual on top, which may move no volatility by more than a governed bound.
 *
 * @param base the fitted surface
 * @param residual what was learned
 * @param scale how much of it is used, 0 to 1
 * @param bound largest move, volatility
 */
record LearnedSurface(VolatilitySurface base, KernelResidual residual, double scale, double bound)
        implements VolatilitySurface {
    private static final double SHARE_LEAST = 0.5;

    @Override
    public double totalVariance(double logStrike, double years) {
        double fitted = base.volatility(logStrike, years);
        double learned = scale * residual.at(base, logStrike, years);
        double bounded = Math.max(-bound, Math.min(bound, learned));
        double volatility = Math.max(fitted + bounded, SHARE_LEAST * fitted);
        return volatility * volatility * years;
    }
}
