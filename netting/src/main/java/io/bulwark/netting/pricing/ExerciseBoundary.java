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
    private static final ChebyshevGrid FEW = new ChebyshevGrid(8);

    private static final ChebyshevGrid MANY = new ChebyshevGrid(33);

    /** A fixed number, so that the price is a smooth function of every input: 1e-9 of the strike where the premium is. */
    private static final int ITERATIONS = 24;

    private static final Moments INNER = new Moments(48);
    private static final Moments OUTER = new Moments(200);
    private static final double[][] FEW_OUTER = outer(FEW);
    private static final double[][] MANY_OUTER = outer(MANY);
    private static final double[][][] MANY_INNER = inner();

    private final CriticalPrice law;
    private final ChebyshevGrid grid;
    private final double logLimit;

    /** ln²(B/X) at the nodes. */
    private final double[] squares;

    private ExerciseBoundary(CriticalPrice law, ChebyshevGrid grid) {
        this.law = law;
        this.grid = grid;
        this.logLimit = StrictMath.log(law.limit());
        this.squares = new double[grid.points()];
        Arrays.setAll(squares, i -> square(StrictMath.log(law.approximate(time(i)))));
    }

    /** The QD+ boundary on eight points. */
    static ExerciseBoundary approximate(CriticalPrice law) {
        return new ExerciseBoundary(law, FEW);
    }

    /** The solution of the integral equation. */
    static ExerciseBoundary exact(CriticalPrice law) {
        ExerciseBoundary boundary = new ExerciseBoundary(law, MANY);
        boundary.solve();
        return boundary;
    }

    /** B with all time left. */
    double now() {
        return Exponential.exp(logLimit - Math.sqrt(squares[squares.length - 1]));
    }

    /**
     * Kim's integral: what interest on the strike, less the yield given up, is worth where exercise pays.
     *
     * @param spot above the boundary
     */
    double premium(double spot) {
        double[][] times = grid == FEW ? FEW_OUTER : MANY_OUTER;
        double logSpot = StrictMath.log(spot);
        double years = law.years();
        double sum = 0;
        for (int i = 0; i < times.length; i++) {
            double d = law.upper(years * OUTER.passed[i], logSpot - logAt(times[i]));
            sum += years * OUTER.weight[i] * law.flow(spot, years * OUTER.passed[i], d);
        }
        return Math.max(0, sum);
    }

    /** The fixed point, all nodes from the last round's. */
    private void solve() {
        Present[] present = new Present[squares.length];
        Arrays.setAll(present, i -> new Present(time(i)));
        for (int round = 0; round < ITERATIONS; round++) {
            double[] next = new double[squares.length];
            Arrays.setAll(next, i -> i == 0 ? 0 : improved(i, present[i]));
            System.arraycopy(next, 0, squares, 0, next.length);
        }
    }

    /** ln²(B/X) of B = N/D of system B, both discounted. */
    private double improved(int node, Present present) {
        double left = time(node);
        double log = logLimit - Math.sqrt(squares[node]);
        double first = law.upper(left, log);
        double above = present.strike * NormalDistribution.cumulative(first - law.deviation(left));
        double below = present.unit * NormalDistribution.cumulative(first);
        for (int i = 0; i < INNER.weight.length; i++) {
            double passed = left * INNER.passed[i];
            double d = law.upper(passed, log - logAt(MANY_INNER[node][i]));
            above += present.interest[i] * NormalDistribution.cumulative(d - law.deviation(passed));
            below += present.income[i] * NormalDistribution.cumulative(d);
        }
        boolean solved = above > 0 && below > 0;
        return solved ? square(StrictMath.log(above / below)) : squares[node];
    }

    private double square(double logBoundary) {
        double log = Math.min(logBoundary - logLimit, 0);
        return log * log;
    }

    private double time(int node) {
        double root = (1 + grid.node(node)) / 2;
        return law.years() * root * root;
    }

    /** ln B at the time of a row of weights. */
    private double logAt(double[] weights) {
        double square = 0;
        for (int i = 0; i < weights.length; i++) {
            square += weights[i] * squares[i];
        }
        return logLimit - Math.sqrt(Math.max(0, square));
    }

    /** Weights of the boundary at the times left of the outer integral: √(left/T) = cos θ. */
    private static double[][] outer(ChebyshevGrid grid) {
        double[][] rows = new double[OUTER.weight.length][];
        Arrays.setAll(rows, i -> grid.weights(2 * Math.sqrt(OUTER.left[i]) - 1));
        return rows;
    }

    /** The same for the inner integral of every node. */
    private static double[][][] inner() {
        double[][][] rows = new double[MANY.points()][INNER.weight.length][];
        for (int node = 0; node < rows.length; node++) {
            double root = 1 + MANY.node(node);
            Arrays.setAll(rows[node], i -> MANY.weights(root * Math.sqrt(INNER.left[i]) - 1));
        }
        return rows;
    }

    /** What strike and underlying at expiry, and the strike's interest and the underlying's yield until then, are worth now. */
    private final class Present {
        private final double strike;
        private final double unit;
        private final double[] interest = new double[INNER.weight.length];
        private final double[] income = new double[INNER.weight.length];

        Present(double left) {
            this.strike = Exponential.exp(-law.rate() * left);
            this.unit = Exponential.exp(-law.yield() * left);
            for (int i = 0; i < interest.length; i++) {
                double passed = left * INNER.passed[i];
                double weight = left * INNER.weight[i];
                interest[i] = weight * law.rate() * Exponential.exp(-law.rate() * passed);
                income[i] = weight * law.yield() * Exponential.exp(-law.yield() * passed);
            }
        }
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
