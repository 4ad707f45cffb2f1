package io.bulwark.netting.network;

import java.util.BitSet;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.hipparchus.linear.Array2DRowFieldMatrix;
import org.hipparchus.linear.ArrayFieldVector;
import org.hipparchus.linear.FieldLUDecomposition;
import org.hipparchus.linear.FieldVector;

/** Exact solutions of x = b + A·x on a set of nodes. */
final class ExactLinear {
    /** Coefficient of node {@code column} in the equation of node {@code row}. */
    interface Coefficient {
        BigFraction at(int row, int column);
    }

    private ExactLinear() {}

    /**
     * Replaces the entries of the nodes by the solution of x_i = constant_i + Σ_j A_ij·x_j over the nodes.
     *
     * @param nodes whose equations hold; empty changes nothing
     */
    static void solve(BitSet nodes, Coefficient matrix, List<BigFraction> constants, List<BigFraction> values) {
        int[] index = nodes.stream().toArray();
        if (index.length == 0) {
            return;
        }
        BigFraction[][] system = new BigFraction[index.length][index.length];
        BigFraction[] right = new BigFraction[index.length];
        for (int i = 0; i < index.length; i++) {
            for (int j = 0; j < index.length; j++) {
                BigFraction identity = i == j ? BigFraction.ONE : BigFraction.ZERO;
                system[i][j] = identity.subtract(matrix.at(index[i], index[j]));
            }
            right[i] = constants.get(index[i]);
        }
        FieldVector<BigFraction> solution = new FieldLUDecomposition<>(new Array2DRowFieldMatrix<>(system, false))
                .getSolver()
                .solve(new ArrayFieldVector<>(right, false));
        for (int i = 0; i < index.length; i++) {
            values.set(index[i], solution.getEntry(i));
        }
    }
}
