package io.bulwark.netting.formula;

import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
        // The sort is stable, so that among equal losses the lowest row comes first.
        List<Integer> worstFirst = IntStream.range(0, table.esRowCount())
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> losses[row], Comparator.reverseOrder()))
                .toList();
        List<TailRow> tail = new ArrayList<>();
        long left = table.parameters().tail();
        for (int i = 0; left > 0; i++) {
            int row = worstFirst.get(i);
            long weight = Math.min(left, weights.at(row));
            if (weight > 0) {
                tail.add(new TailRow(row, weight));
                left -= weight;
            }
        }
        tail.sort(Comparator.comparingInt(TailRow::row));
        return tail;
    }
}
