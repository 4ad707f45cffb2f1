package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.ScenarioRow.PricePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The plain grid rows of a table, all groups moving together, that the initial margin covers in full: those of families which a mixture takes alone.
 *
 * @param table the table
 * @param byPoint rows of one volatility, by price point
 */
public record GridRows(RiskTable table, List<TreeMap<Integer, Integer>> byPoint) {
    public static GridRows of(RiskTable table) {
        TreeSet<Integer> covered = new TreeSet<>();
        for (Combo combo : table.combos()) {
            for (int family = 0; family < table.families().size(); family++) {
                if (combo.weights().at(family) == Ppm.ONE) {
                    table.families().get(family).points().stream()
                            .flatMapToInt(IntColumn::stream)
                            .forEach(covered::add);
                }
            }
        }
        List<ScenarioRow> kinds = new ArrayList<>();
        List<TreeMap<Integer, Integer>> byPoint = new ArrayList<>();
        for (int row : covered) {
            ScenarioRow scenario = table.rows().get(row);
            if (scenario.move() instanceof PricePoint(int point, int shift)
                    && shift == 0
                    && !scenario.cross()
                    && scenario.pegs().isEmpty()) {
                ScenarioRow kind = new ScenarioRow(
                        new PricePoint(0, 0),
                        scenario.volatilityShock(),
                        scenario.skewSlope(),
                        scenario.twist(),
                        List.of(),
                        false);
                int place = kinds.indexOf(kind);
                if (place < 0) {
                    place = kinds.size();
                    kinds.add(kind);
                    byPoint.add(new TreeMap<>());
                }
                byPoint.get(place).putIfAbsent(point, row);
            }
        }
        int most = byPoint.stream().mapToInt(TreeMap::size).max().orElse(0);
        if (most < 2) {
            throw new IllegalArgumentException(
                    "a house with a buffer must have a table with grid rows that its initial margin covers alone");
        }
        // Only volatilities with every point of the grid: between them an option's delta is read.
        return new GridRows(
                table, byPoint.stream().filter(rows -> rows.size() == most).toList());
    }

    /** The rows that are scenarios of the buffer. */
    public List<Integer> scenarios() {
        return byPoint.stream().flatMap(rows -> rows.values().stream()).toList();
    }

    /** The rows of the same volatility as a scenario, by price point ascending. */
    public List<Integer> rowsAlike(int scenario) {
        return byPoint.stream()
                .filter(rows -> rows.containsValue(scenario))
                .findFirst()
                .map(rows -> List.copyOf(rows.values()))
                .orElseThrow();
    }

    /** The moves of a group at the points of the grid, ppm, ascending; empty where they do not ascend. */
    public List<Integer> cells(int group) {
        List<Integer> cells = byPoint.getFirst().values().stream()
                .map(row -> table.movesOf(group).map(m -> m.shock().at(row)).orElse(0))
                .toList();
        for (int cell = 1; cell < cells.size(); cell++) {
            if (cells.get(cell - 1) >= cells.get(cell)) {
                return List.of();
            }
        }
        return cells;
    }
}
