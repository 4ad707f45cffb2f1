package io.bulwark.netting.correlation;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.Arrays;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;

/**
 * How plausible a joint move is: D² = z'·R⁻¹·z for log moves z in units of each asset's stressed daily volatility, against the distance that a Student law of the same
 * variances passes once in so many years of days. margin.md §3.3.
 *
 * <p>R is any correlation matrix whose entries lie in a published interval, and the smallest D² over them counts: a move is not called implausible for breaking a
 * correlation that may itself break. D² is convex in R, so descending entry by entry finds that minimum; for two assets it is at q = min(z₁/z₂, z₂/z₁) inside the interval.
 *
 * @param deviations stressed volatility of one day of each asset, > 0
 * @param leastCorrelation lower end of the interval, above −1/(n−1)
 * @param greatestCorrelation upper end, below 1
 */
public record Plausibility(double[] deviations, double leastCorrelation, double greatestCorrelation) {
    private static final int ROUNDS_MAX = 2_000;
    private static final double NO_GAIN = 1e-11;

    /** Weight of −ln det R, which keeps the descent off singular matrices; the distance found is above the least one by at most n times this. */
    private static final double BARRIER = 1e-5;

    /** Checks and copies. */
    public Plausibility {
        deviations = deviations.clone();
        if (deviations.length == 0 || !Arrays.stream(deviations).allMatch(d -> d > 0 && d < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "deviations must be > 0 and finite, at least one; have " + Arrays.toString(deviations));
        }
        boolean definite = 1 + (deviations.length - 1) * leastCorrelation > 0;
        if (!(definite && leastCorrelation <= greatestCorrelation && greatestCorrelation < 1)) {
            throw new IllegalArgumentException("correlations must be an interval above -1/(n-1) and below 1; have "
                    + leastCorrelation + " to " + greatestCorrelation);
        }
    }

    /**
     * D² that a Student law of ν degrees of freedom, scaled to variance 1 and jointly elliptical, passes on one of 365·years days: n·(ν−2)/ν·F⁻¹(1 − 1/(365·years); n, ν). For
     * two assets that is (ν−2)·((365·years)^(2/ν) − 1).
     *
     * @param assets n, ≥ 1
     * @param freedom ν, > 2
     * @param years > 1/365
     */
    public static double greatest(int assets, double freedom, double years) {
        if (!(assets >= 1 && freedom > 2 && 365 * years > 1)) {
            throw new IllegalArgumentException(
                    "need assets >= 1, freedom > 2 and years > 1/365; have " + assets + ", " + freedom + ", " + years);
        }
        if (assets == 2) {
            return (freedom - 2) * (StrictMath.pow(365 * years, 2 / freedom) - 1);
        }
        double quantile = new FDistribution(assets, freedom).inverseCumulativeProbability(1 - 1 / (365 * years));
        return assets * (freedom - 2) / freedom * quantile;
    }

    /**
     * The judgement under these parameters.
     *
     * @param deviations stressed volatility of one day of each asset, > 0
     */
    public static Plausibility of(double[] deviations, ParameterSet parameters) {
        return new Plausibility(
                deviations,
                CorrelationParameters.share(parameters, CorrelationParameters.PLAUSIBLE_LEAST),
                CorrelationParameters.share(parameters, CorrelationParameters.PLAUSIBLE_MOST));
    }

    /** D² that the governed law passes once in the governed number of years. */
    public static double greatest(int assets, ParameterSet parameters) {
        return greatest(assets, (double) parameters.value(CorrelationParameters.PLAUSIBLE_FREEDOM), (double)
                parameters.value(CorrelationParameters.PLAUSIBLE_YEARS));
    }

    @Override
    public double[] deviations() {
        return deviations.clone();
    }

    /**
     * The smallest D² over the interval.
     *
     * @param moves simple returns of one day, one an asset, > −1
     */
    public double distance(double[] moves) {
        double[] z = standardised(moves);
        return switch (z.length) {
            case 1 -> z[0] * z[0];
            case 2 -> equallyCorrelated(z, between(Math.min(z[0] / z[1], z[1] / z[0])));
            default -> descended(z);
        };
    }

    /**
     * D² where all pairs have one correlation.
     *
     * @param moves simple returns of one day, one an asset, > −1
     * @param correlation of every pair, −1/(n−1) to 1, ends excluded
     */
    public double distance(double[] moves, double correlation) {
        return equallyCorrelated(standardised(moves), correlation);
    }

    private double[] standardised(double[] moves) {
        if (moves.length != deviations.length
                || !Arrays.stream(moves).allMatch(m -> m > -1 && m < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "moves must be " + deviations.length + " simple returns above -1; have " + Arrays.toString(moves));
        }
        double[] z = new double[moves.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = StrictMath.log1p(moves[i]) / deviations[i];
        }
        return z;
    }

    /** A pair that does not move at all has no quotient; every correlation gives it the distance 0. */
    private double between(double correlation) {
        return Double.isNaN(correlation)
                ? leastCorrelation
                : Math.clamp(correlation, leastCorrelation, greatestCorrelation);
    }

    /** The inverse of (1−ρ)·I + ρ·11' in closed form. */
    private static double equallyCorrelated(double[] z, double correlation) {
        int n = z.length;
        if (!(correlation < 1 && 1 + (n - 1) * correlation > 0)) {
            throw new IllegalArgumentException(
                    "correlation of " + n + " assets must leave the matrix positive definite; have " + correlation);
        }
        double squares = 0;
        double sum = 0;
        for (double one : z) {
            squares += one * one;
            sum += one;
        }
        return (squares - correlation / (1 + (n - 1) * correlation) * sum * sum) / (1 - correlation);
    }

    private double descended(double[] z) {
        if (leastCorrelation == greatestCorrelation) {
            return equallyCorrelated(z, leastCorrelation);
        }
        RealMatrix r = equal(z.length, (leastCorrelation + greatestCorrelation) / 2);
        double distance = distance(r, z);
        for (int round = 0; round < ROUNDS_MAX; round++) {
            for (int i = 1; i < z.length; i++) {
                for (int j = 0; j < i; j++) {
                    moveEntry(r, z, i, j);
                }
            }
            double next = distance(r, z);
            if (distance - next <= NO_GAIN * distance) {
                return Math.min(next, distance);
            }
            distance = next;
        }
        return distance;
    }

    private static RealMatrix equal(int n, double correlation) {
        double[][] entries = new double[n][n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(entries[i], correlation);
            entries[i][i] = 1;
        }
        return new Array2DRowRealMatrix(entries);
    }

    private static double distance(RealMatrix r, double[] z) {
        RealVector vector = new ArrayRealVector(z);
        return new CholeskyDecomposition(r).getSolver().solve(vector).dotProduct(vector);
    }

    /** Sets one entry where D² is least with all others fixed. */
    private void moveEntry(RealMatrix r, double[] z, int i, int j) {
        RealMatrix inverse = new CholeskyDecomposition(r).getSolver().getInverse();
        double[] w = inverse.operate(z);
        double a = inverse.getEntry(i, i);
        double b = inverse.getEntry(j, j);
        double c = inverse.getEntry(i, j);
        double now = r.getEntry(i, j);
        // D² after the entry has moved by d, less D² before, by the Sherman-Morrison-Woodbury identity; the denominator
        // is the ratio of the determinants.
        double entry = new BrentOptimizer(1e-12, 1e-14)
                .optimize(
                        new MaxEval(1_000),
                        GoalType.MINIMIZE,
                        new SearchInterval(leastCorrelation, greatestCorrelation, now),
                        new UnivariateObjectiveFunction(to -> {
                            double d = to - now;
                            double determinant = (1 + d * c) * (1 + d * c) - d * d * a * b;
                            double change =
                                    d * d * (b * w[i] * w[i] + a * w[j] * w[j]) - 2 * d * (1 + d * c) * w[i] * w[j];
                            return determinant > 0
                                    ? change / determinant - BARRIER * StrictMath.log(determinant)
                                    : Double.MAX_VALUE;
                        }))
                .getPoint();
        r.setEntry(i, j, entry);
        r.setEntry(j, i, entry);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Plausibility that
                && Arrays.equals(deviations, that.deviations)
                && leastCorrelation == that.leastCorrelation
                && greatestCorrelation == that.greatestCorrelation;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(deviations) + Double.hashCode(leastCorrelation + greatestCorrelation);
    }

    @Override
    public String toString() {
        return "Plausibility[" + Arrays.toString(deviations) + ", " + leastCorrelation + " to " + greatestCorrelation
                + "]";
    }
}
