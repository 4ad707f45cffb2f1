package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.List;
import java.util.Optional;

/**
 * A learned surface over a fitted one, or the fitted one by a named rule.
 *
 * <p>It is used if it predicts left-out quotes at least 2 % and a hundredth of a point better and if, whole or scaled to three, two or one quarters, nothing in
 * it can be traded against itself: neither on a fine grid at the expiries and half-way between them, nor among the listed strikes.
 *
 * @param surface what to price with: learned if the card says so, else the fitted one
 * @param card what was learned; absent where there were too few quotes to learn from
 */
public record LearnedFit(VolatilitySurface surface, Optional<SurfaceCard> card) {
    private static final int QUOTES_LEAST = 50;
    private static final double GAIN_LEAST = 0.02;
    private static final double POINTS_LEAST = 1e-4;
    private static final double[] SCALES = {1, 0.75, 0.5, 0.25};

    /**
     * Learns the residual of a fit.
     *
     * @param fit what to stand on
     * @param atMillis moment of the quotes
     * @param parameters bounds in force
     */
    public static LearnedFit of(SurfaceFit fit, long atMillis, SurfaceLimits parameters) {
        List<SurfacePoint> points = fit.points();
        if (points.size() < QUOTES_LEAST) {
            return new LearnedFit(fit.surface(), Optional.empty());
        }
        KernelResidual residual = KernelResidual.train(fit.surface(), points);
        double bound = parameters.residualMost();
        if (residual.before() - residual.leftOut() < Math.max(GAIN_LEAST * residual.before(), POINTS_LEAST)) {
            return new LearnedFit(
                    fit.surface(),
                    Optional.of(SurfaceCard.of(atMillis, residual, bound, 0, SurfaceCard.Verdict.NO_GAIN)));
        }
        for (double scale : SCALES) {
            LearnedSurface learned = new LearnedSurface(fit.surface(), residual, scale, bound);
            if (StaticArbitrage.everywhere(learned, fit.checkTimes()).isEmpty()) {
                return new LearnedFit(
                        learned,
                        Optional.of(SurfaceCard.of(atMillis, residual, bound, scale, SurfaceCard.Verdict.USED)));
            }
        }
        return new LearnedFit(
                fit.surface(),
                Optional.of(SurfaceCard.of(atMillis, residual, bound, 0, SurfaceCard.Verdict.ARBITRAGE)));
    }

    /** Why the learned surface is used or is not. */
    public SurfaceCard.Verdict verdict() {
        return card.map(SurfaceCard::verdict).orElse(SurfaceCard.Verdict.TOO_FEW_QUOTES);
    }

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
}
