package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The paths on which venues act, over the rows of a table (venue risk, section 1). */
final class VenuePaths {
    private static final int X = Ppm.ONE;
    private static final BigDecimal UP = BigDecimal.ONE;
    private static final BigDecimal STILL = BigDecimal.ZERO;
    private static final BigDecimal DOWN = BigDecimal.ONE.negate();

    /** Where the paths start: price point of the grid and volatility. The paths end on the other side, and where nothing has moved. */
    private static final List<ScenarioRow> FIRST = List.of(
            ScenarioRow.grid(X, UP),
            ScenarioRow.grid(X, STILL),
            ScenarioRow.grid(-X, UP),
            ScenarioRow.grid(-X, STILL),
            ScenarioRow.grid(0, UP),
            ScenarioRow.grid(0, DOWN),
            ScenarioRow.grid(X / 2, STILL),
            ScenarioRow.grid(-X / 2, STILL));

    private static final ScenarioRow BACK = ScenarioRow.grid(0, STILL);

    private VenuePaths() {}

    /**
     * Eight over the joint grid, and one for each row in which a group moves against every other.
     *
     * @throws IllegalArgumentException if the rows have no joint grid
     */
    static List<VenueRisk.Path> of(List<ScenarioRow> rows) {
        int back = rowOf(rows, BACK);
        List<VenueRisk.Path> paths = new ArrayList<>(FIRST.stream()
                .map(first -> new VenueRisk.Path(rowOf(rows, first), List.of(rowOf(rows, mirror(first)), back)))
                .toList());
        IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).move() instanceof ScenarioRow.Counter)
                .filter(row -> rows.indexOf(rows.get(row)) == row)
                .forEach(row -> paths.add(new VenueRisk.Path(row, List.of(back))));
        return paths;
    }

    private static int rowOf(List<ScenarioRow> rows, ScenarioRow row) {
        int number = rows.indexOf(row);
        if (number < 0) {
            throw new IllegalArgumentException(
                    "a table whose entries stand at venues must have the joint grid; has no row " + row);
        }
        return number;
    }

    private static ScenarioRow mirror(ScenarioRow row) {
        int point = row.move() instanceof ScenarioRow.PricePoint at ? at.point() : 0;
        return point == 0
                ? ScenarioRow.grid(0, row.volatilityShock().negate())
                : ScenarioRow.grid(-point, row.volatilityShock());
    }
}
