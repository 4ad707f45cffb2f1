package io.bulwark.netting.pricing;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The standard bivariate normal distribution: two normal variables with a correlation.
 *
 * <p>Method: A. Genz, Numerical computation of rectangular bivariate and trivariate normal and t probabilities, Statistics
 * and Computing 14 (2004), section 2: Drezner and Wesolowsky's integral over the correlation by 20 Gauss–Legendre points,
 * and for |ρ| ≥ 0.925 an expansion about |ρ| = 1. Absolute error below 1e-14.
 */
public final class BivariateNormal {
    private static final double TWO_PI = 2 * StrictMath.PI;

    /** From this correlation on the integrand is too sharp for the points, and the expansion about 1 is used. */
    private static final double NEAR_ONE = 0.925;

    /** An exponent below this contributes nothing: e⁻¹⁰⁰ is 4e-44. */
    private static final double NOTHING = -100;

    private static final GaussIntegrator POINTS = new GaussIntegratorFactory().legendre(20);

    private BivariateNormal() {}

    /**
     * P(X ≤ a, Y ≤ b).
     *
     * @param a limit of the first variable; may be infinite
     * @param b limit of the second; may be infinite
     * @param correlation ρ, −1…1
     * @throws IllegalArgumentException if a limit is not a number or the correlation is outside −1…1
     */
    public static double cumulative(double a, double b, double correlation) {
        requireArguments(a, b, correlation);
        if (Double.isInfinite(a) || Double.isInfinite(b)) {
            return NormalDistribution.cumulative(Math.min(a, b));
        }
        double probability = Math.abs(correlation) < NEAR_ONE
                ? moderate(-a, -b, correlation)
                : correlation > 0 ? alike(-a, -b, correlation) : opposed(-a, -b, correlation);
        return Math.clamp(probability, 0.0, 1.0);
    }

    /** P(X > h, Y > k) for a moderate correlation: the product, and the integral over the angle asin ρ. */
    private static double moderate(double h, double k, double correlation) {
        double product = NormalDistribution.cumulative(-h) * NormalDistribution.cumulative(-k);
        if (correlation == 0) {
            return product;
        }
        double half = StrictMath.asin(correlation) / 2;
        double squares = (h * h + k * k) / 2;
        double sum = 0;
        for (int i = 0; i < POINTS.getNumberOfPoints(); i++) {
            double sine = StrictMath.sin(half * (POINTS.getPoint(i) + 1));
            sum += POINTS.getWeight(i) * Exponential.exp((sine * h * k - squares) / (1 - sine * sine));
        }
        return product + sum * half / TWO_PI;
    }

    private static double alike(double h, double k, double correlation) {
        return NormalDistribution.cumulative(-Math.max(h, k)) - expansion(h, k, correlation);
    }

    /** P(X > h, Y > k) = P(X > h) − P(X > h, −Y > −k) with the correlation turned. */
    private static double opposed(double h, double k, double correlation) {
        double apart = h < -k ? between(h, -k) : 0;
        return apart + expansion(h, -k, correlation);
    }

    /** Φ(high) − Φ(low) from whichever tail keeps the digits. */
    private static double between(double low, double high) {
        return low > 0
                ? NormalDistribution.cumulative(-low) - NormalDistribution.cumulative(-high)
                : NormalDistribution.cumulative(high) - NormalDistribution.cumulative(low);
    }

    /** Genz's remainder about |ρ| = 1, divided by 2π; k with the sign that makes the correlation positive. */
    private static double expansion(double h, double k, double correlation) {
        double spread = (1 - correlation) * (1 + correlation);
        if (spread == 0) {
            return 0;
        }
        double hk = h * k;
        Series series = new Series(hk, (h - k) * (h - k), spread);
        double half = Math.sqrt(spread) / 2;
        double sum = series.closed();
        for (int i = 0; i < POINTS.getNumberOfPoints(); i++) {
            double x = half * (POINTS.getPoint(i) + 1);
            sum += half * POINTS.getWeight(i) * series.rest(x * x);
        }
        return sum / TWO_PI;
    }

    /**
     * The integrand about |ρ| = 1 in powers of x² = 1 − ρ²: the first terms in closed form, what they leave by points.
     *
     * @param hk product of the limits
     * @param gap (h − k)²
     * @param spread 1 − ρ²
     */
    private record Series(double hk, double gap, double spread) {
        private double c() {
            return (4 - hk) / 8;
        }

        private double d() {
            return (12 - hk) / 16;
        }

        double closed() {
            double root = Math.sqrt(spread);
            double distance = Math.sqrt(gap);
            double exponent = -(gap / spread + hk) / 2;
            double near = exponent > NOTHING
                    ? root
                            * Exponential.exp(exponent)
                            * (1 - c() * (gap - spread) * (1 - d() * gap / 5) / 3 + c() * d() * spread * spread / 5)
                    : 0;
            double far = hk > NOTHING
                    ? Exponential.exp(-hk / 2)
                            * NormalDistribution.SQRT_TWO_PI
                            * NormalDistribution.cumulative(-distance / root)
                            * distance
                            * (1 - c() * gap * (1 - d() * gap / 5) / 3)
                    : 0;
            return near - far;
        }

        double rest(double square) {
            double exponent = -(gap / square + hk) / 2;
            if (exponent <= NOTHING) {
                return 0;
            }
            double root = Math.sqrt(1 - square);
            double exact = Exponential.exp(-hk * (1 - root) / (2 * (1 + root))) / root;
            return Exponential.exp(exponent) * (exact - (1 + c() * square * (1 + d() * square)));
        }
    }

    private static void requireArguments(double a, double b, double correlation) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            throw new IllegalArgumentException("limits must be numbers; have " + a + " and " + b);
        }
        Ranges.requireCorrelation(correlation);
    }
}
