package io.bulwark.netting.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sparse matrix of non-negative doubles by rows, entries of a row by column. A row's sum is taken in one fixed order, so it has the same bits whoever computes it and
 * when.
 */
final class CompressedRows {
    private final int columns;
    private final int[] start;
    private final int[] column;
    private final double[] weight;

    private CompressedRows(int columns, int[] start, int[] column, double[] weight) {
        this.columns = columns;
        this.start = start;
        this.column = column;
        this.weight = weight;
    }

    /**
     * The matrix of the given entries; entries of the same place stand side by side and add up.
     *
     * @param row of each entry
     * @param column of each entry
     * @param weight of each entry, finite and ≥ 0
     * @throws IllegalArgumentException naming the entry that is outside
     */
    public static CompressedRows of(int rows, int columns, int[] row, int[] column, double[] weight) {
        if (row.length != weight.length || column.length != weight.length) {
            throw new IllegalArgumentException("row, column and weight must be of one length; have " + row.length + ", "
                    + column.length + " and " + weight.length);
        }
        for (int entry = 0; entry < weight.length; entry++) {
            if (row[entry] < 0 || row[entry] >= rows || column[entry] < 0 || column[entry] >= columns) {
                throw new IllegalArgumentException("entry " + entry + " must lie within " + rows + " × " + columns
                        + "; have [" + row[entry] + ", " + column[entry] + "]");
            }
            if (!(weight[entry] >= 0 && weight[entry] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight[" + entry + "] must be >= 0; have " + weight[entry]);
            }
        }
        // Two stable counting sorts, by column and then by row, put the entries in order whatever order they came in.
        int[] byColumn = counted(column, columns, null);
        int[] order = counted(row, rows, byColumn);
        int[] start = new int[rows + 1];
        for (int r : row) {
            start[r + 1]++;
        }
        for (int r = 0; r < rows; r++) {
            start[r + 1] += start[r];
        }
        return new CompressedRows(
                columns,
                start,
                Arrays.stream(order).map(e -> column[e]).toArray(),
                Arrays.stream(order).mapToDouble(e -> weight[e]).toArray());
    }

    /** The entries in order of their keys; entries of one key as they were in {@code before}, or by number. */
    private static int[] counted(int[] key, int keys, int @Nullable [] before) {
        int[] next = new int[keys + 1];
        for (int k : key) {
            next[k + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            next[k + 1] += next[k];
        }
        int[] order = new int[key.length];
        for (int i = 0; i < key.length; i++) {
            int entry = before == null ? i : before[i];
            order[next[key[entry]]++] = entry;
        }
        return order;
    }

    /** Number of rows. */
    public int rows() {
        return start.length - 1;
    }

    /** The sum of a row's entries. */
    double rowSum(int row) {
        double sum = 0;
        for (int entry = start[row]; entry < start[row + 1]; entry++) {
            sum += weight[entry];
        }
        return sum;
    }

    /** The same places with every entry multiplied by the factor of its column. */
    public CompressedRows columnsTimes(double[] factor) {
        double[] scaled = new double[weight.length];
        for (int entry = 0; entry < scaled.length; entry++) {
            scaled[entry] = weight[entry] * factor[column[entry]];
        }
        return new CompressedRows(columns, start, column, scaled);
    }

    /**
     * Σ_j weight_row,j · x_j, entries by column: the order is part of the result.
     *
     * @param x one value a column
     */
    public double gather(int row, double[] x) {
        double[] weights = weight;
        int[] columnOf = column;
        int end = start[row + 1];
        double sum = 0;
        for (int entry = start[row]; entry < end; entry++) {
            sum += weights[entry] * x[columnOf[entry]];
        }
        return sum;
    }

    /** How many entries the longest row has. */
    int longestRow() {
        int longest = 0;
        for (int row = 0; row < rows(); row++) {
            longest = Math.max(longest, start[row + 1] - start[row]);
        }
        return longest;
    }
}
