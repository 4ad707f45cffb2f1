package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Expected shortfall over the published weighted rows: the weighted mean of the worst k of weight, the boundary row split, rounded up and floored at 0.
 *
 * <p>It equals min over t of k·t + Σ ω·(L − t)⁺, divided by k (Rockafellar and Uryasev 2000): the minimiser is the loss of the boundary row.
 *
 * @param loss u, at least 0
 * @param tail the rows that make up the tail, by increasing row
 */
public record ExpectedShortfall(long loss, List<TailRow> tail) {
    /**
     * A row of the expected-shortfall tail.
     *
     * @param row row number from 0
     * @param weight how much of the row's weight is in the tail, ppm
     */
    public record TailRow(int row, long weight) {}

    public ExpectedShortfall {
        tail = List.copyOf(tail);
    }

    public static ExpectedShortfall of(MarginBook book) {
        return of(losses(book), book.table(), book.precision());
    }

    /** The shortfall of losses per row; columns longer than the table's rows are padding. */
    public static ExpectedShortfall of(long[] losses, RiskTable table, Precision precision) {
        List<TailRow> tail = tail(losses, table);
        return new ExpectedShortfall(Math.max(0, mean(losses, tail, table, precision)), tail);
    }

    /** Loss of the book per expected-shortfall row, u. */
    public static long[] losses(MarginBook book) {
        long[] losses = new long[book.table().esRowCount()];
        book.holdings().forEach(holding -> holding.es().addTo(losses, holding.lossLots()));
        return losses;
    }

    /** ⌈Σ y·L / k⌉ over tail rows whose weights add up to k. */
    public static long mean(long[] losses, List<TailRow> tail, RiskTable table, Precision precision) {
        WeightedSum sum = precision.sum();
        tail.forEach(row -> sum.add(row.weight(), losses[row.row()]));
        return sum.ceilDiv(table.parameters().tail());
    }

    private static List<TailRow> tail(long[] losses, RiskTable table) {
        IntColumn weights = table.esWeights();
        WorstFirst worstFirst = new WorstFirst(losses, table.esRowCount());
        List<TailRow> tail = new ArrayList<>();
        long left = table.parameters().tail();
        while (left > 0) {
            int row = worstFirst.next();
            long weight = Math.min(left, weights.at(row));
            if (weight > 0) {
                tail.add(new TailRow(row, weight));
                left -= weight;
            }
        }
        tail.sort(Comparator.comparingInt(TailRow::row));
        return tail;
    }

    /** Rows by falling loss, among equal losses the lowest row first: a heap, since a tail is a small part of them. */
    private static final class WorstFirst {
        private final long[] losses;
        private final int[] heap;
        private int size;

        WorstFirst(long[] losses, int rows) {
            this.losses = losses;
            this.heap = new int[rows];
            this.size = rows;
            for (int row = 0; row < rows; row++) {
                heap[row] = row;
            }
            for (int at = size / 2 - 1; at >= 0; at--) {
                sink(at);
            }
        }

        /** The worst that is left; there is one, since the weights of all rows together are more than any tail. */
        int next() {
            int worst = heap[0];
            size--;
            heap[0] = heap[size];
            sink(0);
            return worst;
        }

        private void sink(int from) {
            int at = from;
            int row = heap[at];
            for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
                if (child + 1 < size && isWorse(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!isWorse(heap[child], row)) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
            }
            heap[at] = row;
        }

        private boolean isWorse(int row, int other) {
            return losses[row] > losses[other] || (losses[row] == losses[other] && row < other);
        }
    }
}
