package io.bulwark.netting.copula;

import io.bulwark.netting.tail.FilteredResiduals;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.univariate.BrentOptimizer;
import org.hipparchus.optim.univariate.SearchInterval;
import org.hipparchus.optim.univariate.UnivariateObjectiveFunction;
import org.hipparchus.special.Gamma;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.util.FastMath;

/**
 * The dependence of a multivariate t: extremes come together, which the Gaussian copula denies (Demarta and McNeil 2005).
 */
public final class StudentCopula {
    /** Least and greatest ν that a fit may find. */
    private static final double DEGREES_MIN = 2.1;

    private static final double DEGREES_MAX = 40;
    private static final double PRECISION = 1e-6;
    private static final int EVALUATIONS_MAX = 100;

    private final double degrees;
    private final double[][] factor;

    /**
     * A copula.
     *
     * @param degrees ν &gt; 2
     * @param correlation positive definite, ones on the diagonal
     * @throws org.hipparchus.exception.MathIllegalArgumentException if it is not
     */
    public StudentCopula(double degrees, double[][] correlation) {
        if (!(degrees > 2)) {
            throw new IllegalArgumentException("degrees of freedom must be > 2; have " + degrees);
        }
        this.degrees = degrees;
        this.factor = new CholeskyDecomposition(MatrixUtils.createRealMatrix(correlation))
                .getL()
                .getData();
    }

    /** ρ = sin(π/2·τ) of Kendall's τ: true in every elliptical law, whatever its marginals (Lindskog, McNeil, Schmock 2003). */
    public static double ellipticalCorrelation(double[] first, double[] second) {
        return FastMath.sin(FastMath.PI / 2 * new KendallsCorrelation().correlation(first, second));
    }

    /** The copula of a joint sample: correlation by Kendall's τ of every pair, ν by maximum likelihood over ranks. */
    public static StudentCopula fit(double[][] columns) {
        if (columns[0].length < FilteredResiduals.COMMON_MIN) {
            throw new IllegalArgumentException("days that all groups have must be " + FilteredResiduals.COMMON_MIN
                    + " or more; have " + columns[0].length);
        }
        double[][] correlation = new double[columns.length][columns.length];
        for (int a = 0; a < columns.length; a++) {
            correlation[a][a] = 1;
            for (int b = 0; b < a; b++) {
                correlation[a][b] = ellipticalCorrelation(columns[a], columns[b]);
                correlation[b][a] = correlation[a][b];
            }
        }
        return fit(columns, correlation);
    }

    /**
     * ν by maximum likelihood over the ranks of a joint sample, given the correlation.
     *
     * @param columns one per variable, of equal length
     * @param correlation of the variables, positive definite
     */
    public static StudentCopula fit(double[][] columns, double[][] correlation) {
        int[][] ranks = Arrays.stream(columns).map(StudentCopula::ranks).toArray(int[][]::new);
        double degrees = new BrentOptimizer(PRECISION, PRECISION)
                .optimize(
                        new MaxEval(EVALUATIONS_MAX),
                        GoalType.MAXIMIZE,
                        new UnivariateObjectiveFunction(
                                inverse -> logLikelihood(ranks, new StudentCopula(1 / inverse, correlation))),
                        new SearchInterval(1 / DEGREES_MAX, 1 / DEGREES_MIN))
                .getPoint();
        return new StudentCopula(1 / degrees, correlation);
    }

    /** ν, degrees of freedom. */
    public double degrees() {
        return degrees;
    }

    /** Number of variables. */
    public int dimension() {
        return factor.length;
    }

    /**
     * Scores of all variables, t-distributed each with ν degrees.
     *
     * @param known scores of the first variables; the others are drawn from what those leave open
     * @param draws where chance comes from
     */
    public double[] draw(double[] known, SeededDraws draws) {
        int given = known.length;
        double[] normal = new double[factor.length];
        double[] scores = new double[factor.length];
        double square = 0;
        for (int i = 0; i < given; i++) {
            normal[i] = (known[i] - product(i, normal, i)) / factor[i][i];
            scores[i] = known[i];
            square += normal[i] * normal[i];
        }
        if (given < factor.length) {
            // The rest of a t given a part of it is a t with ν + given degrees, wider where the part lies far out.
            double spread = FastMath.sqrt((degrees + square) / draws.chiSquared(degrees + given));
            for (int i = given; i < factor.length; i++) {
                normal[i] = spread * draws.normal();
                scores[i] = product(i, normal, i + 1);
            }
        }
        return scores;
    }

    /** Mahalanobis' squared distance of a point from 0. */
    public double squaredDistance(double[] point) {
        double[] normal = new double[point.length];
        double square = 0;
        for (int i = 0; i < point.length; i++) {
            normal[i] = (point[i] - product(i, normal, i)) / factor[i][i];
            square += normal[i] * normal[i];
        }
        return square;
    }

    private double product(int row, double[] normal, int terms) {
        double sum = 0;
        for (int j = 0; j < terms; j++) {
            sum += factor[row][j] * normal[j];
        }
        return sum;
    }

    /** Mean log-density of the copula at the ranks' pseudo-observations rank/(n + 1). */
    private static double logLikelihood(int[][] ranks, StudentCopula copula) {
        double[] scores = scores(ranks[0].length, copula.degrees);
        double sum = 0;
        for (int t = 0; t < ranks[0].length; t++) {
            double[] point = new double[ranks.length];
            for (int i = 0; i < point.length; i++) {
                point[i] = scores[ranks[i][t]];
            }
            sum += copula.logDensity(point);
        }
        return sum / ranks[0].length;
    }

    /** t_ν⁻¹((rank + 1)/(n + 1)) by rank from 0; the law is symmetric, so half of them are searched. */
    static double[] scores(int n, double degrees) {
        TDistribution law = new TDistribution(degrees);
        double[] scores = new double[n];
        for (int rank = 0; rank < n / 2; rank++) {
            scores[rank] = law.inverseCumulativeProbability((rank + 1.0) / (n + 1));
            scores[n - 1 - rank] = -scores[rank];
        }
        return scores;
    }

    /** Joint log-density of t scores less those of the marginals; the constants that hold no ν or point stay out. */
    private double logDensity(double[] scores) {
        int d = scores.length;
        double logRoot = 0;
        double square = 0;
        double marginals = 0;
        double[] normal = new double[d];
        for (int i = 0; i < d; i++) {
            normal[i] = (scores[i] - product(i, normal, i)) / factor[i][i];
            square += normal[i] * normal[i];
            logRoot += FastMath.log(factor[i][i]);
            marginals += FastMath.log1p(scores[i] * scores[i] / degrees);
        }
        return Gamma.logGamma((degrees + d) / 2)
                + (d - 1) * Gamma.logGamma(degrees / 2)
                - d * Gamma.logGamma((degrees + 1) / 2)
                - logRoot
                - (degrees + d) / 2 * FastMath.log1p(square / degrees)
                + (degrees + 1) / 2 * marginals;
    }

    private static int[] ranks(double[] column) {
        int[] ranks = new int[column.length];
        int[] order = IntStream.range(0, column.length)
                .boxed()
                .sorted((a, b) -> column[a] != column[b] ? Double.compare(column[a], column[b]) : Integer.compare(a, b))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }
}
