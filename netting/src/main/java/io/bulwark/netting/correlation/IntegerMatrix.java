package io.bulwark.netting.correlation;

import io.bulwark.clearing.money.Ppm;
import java.math.BigInteger;

/** Correlations as integers in ppm: rounding that keeps them a correlation matrix, and the exact check. */
final class IntegerMatrix {
    private static final long PPM = Ppm.ONE;

    /** Beyond this share of the identity a matrix was not nearly a correlation matrix. */
    private static final long DAMPING_MOST = 100_000;

    private IntegerMatrix() {}

    /**
     * The matrix in ppm, half to even. Rounding may take the last thread of definiteness from a nearly singular matrix, and a singular one has none: then all
     * correlations are damped by 1, 2, 4 … ppm until the integers are positive definite.
     */
    static long[][] rounded(Correlation correlation) {
        for (long damping = 0; damping <= DAMPING_MOST; damping = Math.max(1, 2 * damping)) {
            long[][] rounded = rounded(correlation, damping);
            if (isCorrelation(rounded, PPM)) {
                return rounded;
            }
        }
        throw new IllegalArgumentException("correlation must be positive semi-definite; have " + correlation);
    }

    private static long[][] rounded(Correlation correlation, long damping) {
        int n = correlation.size();
        long[][] rounded = new long[n][n];
        for (int i = 0; i < n; i++) {
            rounded[i][i] = PPM;
            for (int j = 0; j < i; j++) {
                rounded[i][j] = (long) Math.rint((PPM - damping) * correlation.at(i, j));
                rounded[j][i] = rounded[i][j];
            }
        }
        return rounded;
    }

    /** Whether a matrix of integers is symmetric, has {@code one} on its diagonal and is positive definite: exact, by Sylvester's criterion with Bareiss' elimination. */
    static boolean isCorrelation(long[][] matrix, long one) {
        int n = matrix.length;
        for (int i = 0; i < n; i++) {
            if (matrix[i].length != n || matrix[i][i] != one) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (matrix[i][j] != matrix[j][i]) {
                    return false;
                }
            }
        }
        return n > 0 && leadingMinorsArePositive(matrix);
    }

    /** Bareiss (1968): every division is exact, and the pivot of step k is the leading minor of order k + 1. */
    private static boolean leadingMinorsArePositive(long[][] matrix) {
        int n = matrix.length;
        BigInteger[][] m = new BigInteger[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m[i][j] = BigInteger.valueOf(matrix[i][j]);
            }
        }
        BigInteger before = BigInteger.ONE;
        for (int k = 0; k < n; k++) {
            if (m[k][k].signum() <= 0) {
                return false;
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    m[i][j] = m[i][j].multiply(m[k][k])
                            .subtract(m[i][k].multiply(m[k][j]))
                            .divide(before);
                }
            }
            before = m[k][k];
        }
        return true;
    }
}
