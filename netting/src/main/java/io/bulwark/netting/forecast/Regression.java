package io.bulwark.netting.forecast;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * Ordinary least squares with a constant, in closed form (QR decomposition).
 *
 * @param coefficients the constant first, then one a column
 * @param residualVariance mean of squared residuals (divided by n)
 * @param r2 share of the target's variance that is explained
 */
record Regression(double[] coefficients, double residualVariance, double r2) {
    /**
     * Fits.
     *
     * @param rows a row an observation, a column a regressor
     * @throws IllegalArgumentException if the columns are dependent or the rows too few
     */
    static Regression fit(double[][] rows, double[] target) {
        try {
            OLSMultipleLinearRegression ols = new OLSMultipleLinearRegression();
            ols.newSampleData(target, rows);
            double[] coefficients = ols.estimateRegressionParameters();
            double squares = ols.calculateResidualSumOfSquares();
            return new Regression(
                    coefficients, squares / target.length, 1 - squares / ols.calculateTotalSumOfSquares());
        } catch (MathRuntimeException e) {
            throw new IllegalArgumentException(
                    "regression of " + rows.length + " days must have independent columns: " + e.getMessage(), e);
        }
    }

    /** The fitted value at one row of regressors. */
    double at(double[] row) {
        double value = coefficients[0];
        for (int i = 0; i < row.length; i++) {
            value += coefficients[i + 1] * row[i];
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regression that
                && Arrays.equals(coefficients, that.coefficients)
                && residualVariance == that.residualVariance;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(coefficients);
    }

    @Override
    public String toString() {
        return "Regression" + Arrays.toString(coefficients);
    }
}
