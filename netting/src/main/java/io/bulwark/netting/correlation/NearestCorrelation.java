package io.bulwark.netting.correlation;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;

/**
 * The correlation matrix nearest to a symmetric matrix in the Frobenius norm: alternating projections onto the positive semi-definite matrices and onto those with unit
 * diagonal, with Dykstra's correction on the first. N. J. Higham, Computing the nearest correlation matrix (2002), algorithm 3.3.
 */
final class NearestCorrelation {
    /** Iterations end when neither matrix moves by more than this, relative to its norm. */
    private static final double STILL = 1e-15;

    /** The convergence is linear: hundreds of steps are common, and beyond this the input is named. */
    private static final int STEPS_MAX = 100_000;

    private NearestCorrelation() {}

    static Correlation of(double[][] matrix) {
        RealMatrix target = symmetric(matrix);
        RealMatrix unit = target;
        RealMatrix correction = new Array2DRowRealMatrix(matrix.length, matrix.length);
        for (int step = 0; step < STEPS_MAX; step++) {
            RealMatrix corrected = unit.subtract(correction);
            RealMatrix semiDefinite = positivePart(corrected);
            correction = semiDefinite.subtract(corrected);
            RealMatrix next = withUnitDiagonal(semiDefinite);
            double moved = next.subtract(unit).getFrobeniusNorm() / next.getFrobeniusNorm();
            unit = next;
            if (moved <= STILL) {
                return correlation(unit);
            }
        }
        throw new IllegalArgumentException(
                "matrix must have a nearest correlation within " + STEPS_MAX + " steps; have " + target);
    }

    private static RealMatrix symmetric(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != matrix.length) {
                throw new IllegalArgumentException("matrix must be square; have row " + i + " of " + matrix[i].length);
            }
            for (int j = 0; j <= i; j++) {
                if (!Double.isFinite(matrix[i][j]) || matrix[i][j] != matrix[j][i]) {
                    throw new IllegalArgumentException("matrix must be finite and symmetric; have " + matrix[i][j]
                            + " and " + matrix[j][i] + " at " + i + ", " + j);
                }
            }
        }
        return new Array2DRowRealMatrix(matrix);
    }

    /** The nearest positive semi-definite matrix: negative eigenvalues become 0. */
    private static RealMatrix positivePart(RealMatrix matrix) {
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(matrix);
        RealMatrix vectors = eigen.getV();
        RealMatrix scaled = vectors.copy();
        for (int j = 0; j < scaled.getColumnDimension(); j++) {
            double positive = Math.max(0, eigen.getEigenvalue(j));
            scaled.setColumnVector(j, scaled.getColumnVector(j).mapMultiply(positive));
        }
        return symmetricPart(scaled.multiplyTransposed(vectors));
    }

    /** A product of rounded factors is symmetric only nearly. */
    private static RealMatrix symmetricPart(RealMatrix matrix) {
        return matrix.add(matrix.transpose()).scalarMultiply(0.5);
    }

    private static RealMatrix withUnitDiagonal(RealMatrix matrix) {
        RealMatrix unit = matrix.copy();
        for (int i = 0; i < unit.getRowDimension(); i++) {
            unit.setEntry(i, i, 1);
        }
        return unit;
    }

    private static Correlation correlation(RealMatrix matrix) {
        double[][] entries = matrix.getData();
        for (double[] row : entries) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Math.clamp(row[j], -1.0, 1.0);
            }
        }
        return new Correlation(entries);
    }
}
