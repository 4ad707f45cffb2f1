package io.bulwark.netting.surface;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * Two extended SSVI surfaces mixed in price: an option is worth {@code (1 − share)} of its price on the calm surface and {@code
 * share} of that on the turbulent one.
 *
 * <p>A mixture of prices free of static arbitrage is free of it: convexity in the strike and growth with time survive a weighted
 * sum. Its smile is flat near the money and rises fast in the wings, as one hyperbola cannot, and as the chains of BTC and ETH do.
 * With a share of 0 it is the calm surface.
 *
 * @param share weight of the turbulent surface, 0 to 1
 * @param calm near the money
 * @param turbulent in the wings
 */
public record MixtureSurface(double share, EssviSurface calm, EssviSurface turbulent) implements VolatilitySurface {
    private static final double RELATIVE = 1e-13;
    private static final double ABSOLUTE = 1e-14;
    private static final int ORDER = 5;
    private static final int EVALUATIONS_MAX = 100;
    private static final double PRICE_LEAST = 1e-290;

    /** Checks the share. */
    public MixtureSurface {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1; have " + share);
        }
    }

    @Override
    public double totalVariance(double logStrike, double years) {
        double calmDeviation = Math.sqrt(calm.totalVariance(logStrike, years));
        double turbulentDeviation = Math.sqrt(turbulent.totalVariance(logStrike, years));
        double low = Math.min(calmDeviation, turbulentDeviation);
        double high = Math.max(calmDeviation, turbulentDeviation);
        double target = price(share, logStrike, calmDeviation, turbulentDeviation);
        if (high - low <= RELATIVE * high || share == 0 || share == 1 || target < PRICE_LEAST) {
            double alone = share == 0 ? calmDeviation : share == 1 ? turbulentDeviation : high;
            return alone * alone;
        }
        double deviation = deviation(logStrike, StrictMath.log(target), low, high);
        return deviation * deviation;
    }

    /** Price out of the money, in units of the forward. */
    static double price(double share, double logStrike, double calmDeviation, double turbulentDeviation) {
        OptionRight right = outOfTheMoney(logStrike);
        return (1 - share) * ImpliedVolatility.price(right, logStrike, calmDeviation)
                + share * ImpliedVolatility.price(right, logStrike, turbulentDeviation);
    }

    /** The right that has no intrinsic value at a log-strike. */
    static OptionRight outOfTheMoney(double logStrike) {
        return logStrike < 0 ? OptionRight.PUT : OptionRight.CALL;
    }

    /** By logarithms of prices: they fall by hundreds of orders in a wing. */
    private static double deviation(double logStrike, double logPrice, double low, double high) {
        OptionRight right = outOfTheMoney(logStrike);
        double below = gap(right, logStrike, low, logPrice);
        double above = gap(right, logStrike, high, logPrice);
        if (!(below < 0) || !(above > 0)) {
            return below >= 0 ? low : high;
        }
        return new BracketingNthOrderBrentSolver(RELATIVE, ABSOLUTE, ORDER)
                .solve(EVALUATIONS_MAX, x -> gap(right, logStrike, x, logPrice), low, high);
    }

    private static double gap(OptionRight right, double logStrike, double deviation, double logPrice) {
        return StrictMath.log(Math.max(Double.MIN_NORMAL, ImpliedVolatility.price(right, logStrike, deviation)))
                - logPrice;
    }

    /** The smallest room in the sufficient conditions of both surfaces; ≥ 0 means no static arbitrage by the parameters. */
    public double slack() {
        return Math.min(calm.slack(), turbulent.slack());
    }

    /** ["bulwark-surface", 1, share, calm, turbulent], a slice as [years, θ, ρ, ψ]: decimals that a double reads back to the bit. */
    public CanonicalValue canonical() {
        return array(text("bulwark-surface"), integer(1), SurfaceCard.exact(share), slices(calm), slices(turbulent));
    }

    private static CanonicalValue slices(EssviSurface surface) {
        return array(surface.slices().stream()
                .map(slice -> array(
                        SurfaceCard.exact(slice.years()),
                        SurfaceCard.exact(slice.theta()),
                        SurfaceCard.exact(slice.rho()),
                        SurfaceCard.exact(slice.psi())))
                .toList());
    }
}
