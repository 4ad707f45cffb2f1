package io.bulwark.netting.margin;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.formula.ExpectedShortfall;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.WeightedSum;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Value at risk and expected shortfall of an account over the rows of a table, at any level. A monitor beside the margin, over many
 * plain rows: never margin, which reads the published rows at the published level.
 *
 * @param level share of the weight that the value at risk covers, ppm: 990 000 is 99 %
 * @param rows number of rows
 * @param valueAtRisk the loss that is surpassed with at most 10⁶ − level ppm of the weight, u; negative where even that is a gain
 * @param expectedShortfall weighted mean of the worst 10⁶ − level ppm of the weight, rounded up, u; at least the value at risk
 */
public record ShortfallMonitor(int level, int rows, long valueAtRisk, long expectedShortfall) {
    private static final int LEVEL_MIN = 500_000;

    /**
     * The two measures of an account.
     *
     * @param table a table of any number of rows
     * @param account admitted by the table
     * @param level 500 000 to 999 999 ppm; where a row weighs more than what is left of the tail, it counts in part
     * @throws IllegalArgumentException if it is not, or the table does not list an entry
     */
    public static ShortfallMonitor of(RiskTable table, MarginAccount account, int level) {
        IntColumn weights = table.esWeights();
        long tail = (long) Ppm.ONE - level;
        if (level < LEVEL_MIN || level >= Ppm.ONE) {
            throw new IllegalArgumentException(
                    "level must be " + LEVEL_MIN + " to " + (Ppm.ONE - 1) + " ppm; have " + level);
        }
        MarginBook book = MarginBook.of(table, account, Precision.of(GrossBound.of(table, account)));
        long[] losses = ExpectedShortfall.losses(book);
        List<Integer> worstFirst = IntStream.range(0, losses.length)
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> losses[row], Comparator.reverseOrder()))
                .toList();
        WeightedSum sum = book.precision().sum();
        long left = tail;
        int place = 0;
        while (true) {
            int row = worstFirst.get(place);
            long weight = Math.min(left, weights.at(row));
            sum.add(weight, losses[row]);
            left -= weight;
            if (left == 0) {
                return new ShortfallMonitor(level, losses.length, losses[row], sum.ceilDiv(tail));
            }
            place++;
        }
    }
}
