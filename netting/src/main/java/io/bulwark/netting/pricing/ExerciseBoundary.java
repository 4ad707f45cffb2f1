package io.bulwark.netting.pricing;

import java.util.Arrays;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The price below which an American put with one exercise boundary is exercised, as a function of the time left, and the
 * premium for the right to do so. The strike is 1.
 *
 * <p>ln²(B/X), X the boundary's limit at expiry, is a Chebyshev polynomial in the root of time. Its first guess is the QD+
 * boundary: M. Li, Analytical approximations for the critical stock prices of American options, Review of Derivatives Research
 * 13 (2010). The exact boundary follows by fixed point: L. Andersen, M. Lake and D. Offengenden, High performance American
 * option pricing, Journal of Computational Finance 20 (2016), system B. The premium is Kim's integral over either.
 */
final class ExerciseBoundary {
    /** Points of the QD+ approximation as it is published in reference tables. */
    private static final int FEW = 8;

    private static final int MANY = 33;

    /** A fixed number, so that the price is a smooth function of every input: 1e-9 of the strike where the premium is. */
    private static final int ITERATIONS = 24;

    private static final Moments INNER = new Moments(48);
    private static final Moments OUTER = new Moments(200);

    private final CriticalPrice law;

    /** cos(iπ/n), from expiry at −1 to all time left at 1: the nodes of 2√(τ/T) − 1. */
    private final double[] nodes;

    /** ln²(B/X) at the nodes. */
    private final double[] squares;

    private ExerciseBoundary(CriticalPrice law, int points) {
        this.law = law;
        this.nodes = new double[points];
        this.squares = new double[points];
        Arrays.setAll(nodes, i -> -StrictMath.cos(i * StrictMath.PI / (points - 1)));
        Arrays.setAll(squares, i -> square(law.approximate(time(i))));
    }

    /** The QD+ boundary on eight points. */
    static ExerciseBoundary approximate(CriticalPrice law) {
        return new ExerciseBoundary(law, FEW);
    }

    /** The solution of the integral equation. */
    static ExerciseBoundary exact(CriticalPrice law) {
        ExerciseBoundary boundary = new ExerciseBoundary(law, MANY);
        for (int i = 0; i < ITERATIONS; i++) {
            boundary.improve();
        }
        return boundary;
    }

    /** B with all time left. */
    double now() {
        return at(law.years());
    }

    /**
     * Kim's integral: what interest on the strike, less the yield given up, is worth where exercise pays.
     *
     * @param spot above the boundary
     */
    double premium(double spot) {
        double years = law.years();
        double sum = 0;
        for (int i = 0; i < OUTER.weight.length; i++) {
            double flow = law.flow(spot, years * OUTER.passed[i], at(years * OUTER.left[i]));
            sum += years * OUTER.weight[i] * flow;
        }
        return Math.max(0, sum);
    }

    /** One round of the fixed point, all nodes from the last round's. */
    private void improve() {
        double[] next = new double[squares.length];
        Arrays.setAll(next, i -> i == 0 ? 0 : square(improved(time(i))));
        System.arraycopy(next, 0, squares, 0, next.length);
    }

    /** B = e^(−(r−q)τ)·N/D of system B. */
    private double improved(double left) {
        double log = StrictMath.log(at(left));
        double first = law.upper(left, log);
        double above = NormalDistribution.cumulative(first - law.deviation(left));
        double below = NormalDistribution.cumulative(first);
        for (int i = 0; i < INNER.weight.length; i++) {
            double passed = left * INNER.passed[i];
            double rest = left * INNER.left[i];
            double weight = left * INNER.weight[i];
            double d = law.upper(passed, log - StrictMath.log(at(rest)));
            above += weight
                    * law.rate()
                    * Exponential.exp(law.rate() * rest)
                    * NormalDistribution.cumulative(d - law.deviation(passed));
            below += weight * law.yield() * Exponential.exp(law.yield() * rest) * NormalDistribution.cumulative(d);
        }
        double improved = Exponential.exp((law.yield() - law.rate()) * left) * above / below;
        return improved > 0 ? improved : at(left);
    }

    private double square(double boundary) {
        double log = Math.min(StrictMath.log(boundary / law.limit()), 0);
        return log * log;
    }

    private double time(int node) {
        double root = (1 + nodes[node]) / 2;
        return law.years() * root * root;
    }

    /** B at a time left. */
    private double at(double left) {
        double z = 2 * Math.sqrt(left / law.years()) - 1;
        return law.limit() * Exponential.exp(-Math.sqrt(Math.max(0, interpolated(z))));
    }

    /** The barycentric formula on Chebyshev points of the second kind (Berrut and Trefethen 2004). */
    private double interpolated(double z) {
        double above = 0;
        double below = 0;
        int last = nodes.length - 1;
        for (int i = 0; i <= last; i++) {
            double gap = z - nodes[i];
            if (gap == 0) {
                return squares[i];
            }
            double weight = (i % 2 == 0 ? 1 : -1) * (i == 0 || i == last ? 0.5 : 1) / gap;
            above += weight * squares[i];
            below += weight;
        }
        return above / below;
    }

    /** Points of ∫₀¹ f(x) dx with x = sin²θ, which makes smooth what has a root at either end. */
    private static final class Moments {
        private final double[] passed;
        private final double[] left;
        private final double[] weight;

        Moments(int points) {
            GaussIntegrator rule = new GaussIntegratorFactory().legendre(points, 0, StrictMath.PI / 2);
            this.passed = new double[points];
            this.left = new double[points];
            this.weight = new double[points];
            for (int i = 0; i < points; i++) {
                double sine = StrictMath.sin(rule.getPoint(i));
                double cosine = StrictMath.cos(rule.getPoint(i));
                passed[i] = sine * sine;
                left[i] = cosine * cosine;
                weight[i] = rule.getWeight(i) * 2 * sine * cosine;
            }
        }
    }
}
