package io.bulwark.netting.correlation;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;

/**
 * A correlation matrix: symmetric, with unit diagonal and entries in [−1, 1]. It need not be positive semi-definite before {@link #repaired()}.
 *
 * @param matrix rows and columns in the order of the assets; copied in and out
 */
public record Correlation(double[][] matrix) {
    /** An eigenvalue above −this counts as not negative: the rounding of an eigen decomposition of a matrix of this size. */
    private static final double ROUNDING = 1e-12;

    /** Checks and copies. */
    public Correlation {
        matrix = copy(matrix);
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != matrix.length || matrix[i][i] != 1) {
                throw new IllegalArgumentException("correlation must be square with 1 on the diagonal; have row " + i
                        + " = " + Arrays.toString(matrix[i]));
            }
            for (int j = 0; j < i; j++) {
                if (!(Math.abs(matrix[i][j]) <= 1) || matrix[i][j] != matrix[j][i]) {
                    throw new IllegalArgumentException("correlation must be symmetric and within -1 and 1; have "
                            + matrix[i][j] + " and " + matrix[j][i] + " at " + i + ", " + j);
                }
            }
        }
    }

    /**
     * Exponentially weighted correlation of standardised returns: Σ λ^(T−t)·x_i·x_j over the roots of the same sums of squares. No mean is taken away: a day's mean is
     * small against its spread, and estimating it costs more than it gives. Each row counts from its own first to its last observation: all must have the same days.
     *
     * @param standardised returns over the volatility of the day before: a row an asset, a column a day, the newest last
     * @param decay λ, 0 to 1
     * @throws IllegalArgumentException if rows have different lengths, or an asset never moved
     */
    public static Correlation ewma(double[][] standardised, double decay) {
        double[][] moments = moments(standardised, decay);
        double[][] matrix = new double[moments.length][moments.length];
        for (int i = 0; i < moments.length; i++) {
            if (!(moments[i][i] > 0)) {
                throw new IllegalArgumentException(
                        "asset " + i + " must have moved; have no move in " + standardised[i].length + " days");
            }
            matrix[i][i] = 1;
            for (int j = 0; j < i; j++) {
                double correlation = moments[i][j] / Math.sqrt(moments[i][i] * moments[j][j]);
                matrix[i][j] = Math.clamp(correlation, -1.0, 1.0);
                matrix[j][i] = matrix[i][j];
            }
        }
        return new Correlation(matrix);
    }

    private static double[][] moments(double[][] standardised, double decay) {
        if (standardised.length == 0 || !(decay > 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "need assets and a decay between 0 and 1; have " + standardised.length + " and " + decay);
        }
        double[][] moments = new double[standardised.length][standardised.length];
        for (int i = 0; i < standardised.length; i++) {
            if (standardised[i].length != standardised[0].length) {
                throw new IllegalArgumentException("assets must have the same days; have " + standardised[i].length
                        + " and " + standardised[0].length);
            }
            for (int j = 0; j <= i; j++) {
                moments[i][j] = moment(standardised[i], standardised[j], decay);
            }
        }
        return moments;
    }

    private static double moment(double[] x, double[] y, double decay) {
        double moment = 0;
        for (int t = 0; t < x.length; t++) {
            moment = decay * moment + (1 - decay) * x[t] * y[t];
        }
        return moment;
    }

    /** Number of assets. */
    public int size() {
        return matrix.length;
    }

    @Override
    public double[][] matrix() {
        return copy(matrix);
    }

    /** Correlation of two assets. */
    public double at(int i, int j) {
        return matrix[i][j];
    }

    /** Mean of all entries beside the diagonal; 0 for a single asset. */
    public double mean() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += matrix[i][j];
            }
        }
        return size() < 2 ? 0 : sum / (size() * (size() - 1) / 2.0);
    }

    /** Mean correlation of one asset with the others; 0 for a single asset. */
    public double meanOf(int asset) {
        double sum = 0;
        for (int j = 0; j < size(); j++) {
            sum += j == asset ? 0 : matrix[asset][j];
        }
        return size() < 2 ? 0 : sum / (size() - 1);
    }

    /**
     * This matrix moved towards the one whose correlations all equal the mean (Ledoit and Wolf 2004, constant correlation).
     *
     * @param share of the constant matrix, 0 to 1
     */
    public Correlation shrunk(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be 0 to 1; have " + share);
        }
        double mean = mean();
        double[][] shrunk = copy(matrix);
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                shrunk[i][j] = i == j ? 1 : (1 - share) * matrix[i][j] + share * mean;
            }
        }
        return new Correlation(shrunk);
    }

    /** Least eigenvalue: negative if this is not the correlation of anything. */
    public double leastEigenvalue() {
        double[] eigenvalues = new EigenDecompositionSymmetric(new Array2DRowRealMatrix(matrix)).getEigenvalues();
        return Arrays.stream(eigenvalues).min().orElseThrow();
    }

    /** Whether no portfolio has a negative variance, up to the rounding of eigenvalues. */
    public boolean isPositiveSemiDefinite() {
        return leastEigenvalue() >= -ROUNDING * size();
    }

    /** This matrix if it is positive semi-definite, else the nearest correlation matrix. */
    public Correlation repaired() {
        return isPositiveSemiDefinite() ? this : nearest(matrix);
    }

    /**
     * The correlation matrix nearest to a symmetric matrix in the Frobenius norm.
     *
     * @throws IllegalArgumentException if the matrix is not square, symmetric and finite
     */
    public static Correlation nearest(double[][] matrix) {
        return NearestCorrelation.of(matrix);
    }

    /** {@link #apart(double, ParameterSet)} under the founding parameters. */
    public static long apart(double meanCorrelation) {
        return apart(meanCorrelation, ParameterSet.founding());
    }

    /**
     * κ: how far a group may move apart from the others, of its price range; ppm, rounded up.
     *
     * @param meanCorrelation mean correlation of the group to the others, −1 to 1
     * @param parameters slope and bounds
     */
    public static long apart(double meanCorrelation, ParameterSet parameters) {
        if (!(Math.abs(meanCorrelation) <= 1)) {
            throw new IllegalArgumentException("correlation must be -1 to 1; have " + meanCorrelation);
        }
        double free = Math.sqrt(1 - meanCorrelation * meanCorrelation);
        long apart = (long) Math.ceil(parameters.value(CorrelationParameters.APART_SLOPE) * free);
        return Math.clamp(
                apart,
                parameters.value(CorrelationParameters.APART_LEAST),
                parameters.value(CorrelationParameters.APART_MOST));
    }

    private static double[][] copy(double[][] matrix) {
        return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Correlation that && Arrays.deepEquals(matrix, that.matrix);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(matrix);
    }

    @Override
    public String toString() {
        return "Correlation" + Arrays.deepToString(matrix);
    }
}
