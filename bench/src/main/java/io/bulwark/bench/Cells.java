package io.bulwark.bench;

import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.ScenarioRow.PricePoint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * 256 scenario cells for the table build: price points times volatility shocks times skews and twists, of every kind that the house's grid has.
 *
 * @param rows the cells
 * @param moves the price move of the one group in every cell
 */
record Cells(List<ScenarioRow> rows, GroupMoves moves) {
    /** Number of cells. */
    static final int COUNT = 256;

    private static final int GROUP = 1;
    private static final int ONE = 1_000_000;
    private static final int RANGE = 160_000;
    private static final int POINTS = 32;

    static Cells grid() {
        List<ScenarioRow> rows = new ArrayList<>();
        for (int p = 0; p < POINTS; p++) {
            int point = -ONE + 2 * ONE * p / (POINTS - 1);
            for (int shock = -1; shock <= 1; shock++) {
                rows.add(row(point, shock, "0", 0));
            }
            rows.add(row(point, 1, "0.15", 0));
            rows.add(row(point, 1, "-0.15", 0));
            rows.add(row(point, 0, "0", 1));
            rows.add(row(point, 0, "0", -1));
            rows.add(row(point, 1, "0", 1));
        }
        int[] damp = IntStream.generate(() -> ONE).limit(rows.size()).toArray();
        int[] shocks = rows.stream().mapToInt(Cells::shock).toArray();
        return new Cells(
                List.copyOf(rows), new GroupMoves(GROUP, IntColumn.of(shocks), IntColumn.of(damp), IntColumn.zeros(1)));
    }

    /** Every cell a family of its own, so that no cell stands for pairs. */
    List<Family> families() {
        return List.of(new Family(
                "J", IntStream.range(0, rows.size()).mapToObj(IntColumn::of).toList()));
    }

    private static int shock(ScenarioRow row) {
        return row.move() instanceof PricePoint(int point, int shift) ? (int) ((long) point * RANGE / ONE) + shift : 0;
    }

    private static ScenarioRow row(int point, int volatility, String skew, int twist) {
        return new ScenarioRow(
                new PricePoint(point, 0),
                BigDecimal.valueOf(volatility),
                new BigDecimal(skew),
                twist,
                List.of(),
                false);
    }
}
