package io.bulwark.netting.risktable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The pairs of rows (a, b) over which a two-asset entry takes its smallest and its largest figure: a for the first
 * underlying, b for the second (margin formula, section 1.2).
 *
 * <p>A row with a star shift stands for all pairs of rows of its star point; the cross row for all pairs of rows of the
 * joint family; any other row r for (r, r) alone.
 */
public final class CellPairs {
    private static final String JOINT = "J";

    private final List<int[]> first;
    private final List<int[]> second;

    private CellPairs(List<int[]> first, List<int[]> second) {
        this.first = first;
        this.second = second;
    }

    /** The pairs of every row of a table. */
    public static CellPairs of(List<ScenarioRow> rows, List<Family> families) {
        List<int[]> first = new ArrayList<>();
        List<int[]> second = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            int[] cells = cells(row, rows.get(row), families);
            first.add(IntStream.of(cells)
                    .flatMap(a -> IntStream.of(cells).map(b -> a))
                    .toArray());
            second.add(IntStream.of(cells).flatMap(a -> IntStream.of(cells)).toArray());
        }
        return new CellPairs(first, second);
    }

    /** Of {@code count} rows each stands for itself only, as expected-shortfall rows do: their scenario is joint. */
    public static CellPairs joint(int count) {
        List<int[]> same =
                IntStream.range(0, count).mapToObj(row -> new int[] {row}).toList();
        return new CellPairs(same, same);
    }

    /** How many pairs a row stands for. */
    public int count(int row) {
        return first.get(row).length;
    }

    /** Row of the first underlying in one of the pairs. */
    public int first(int row, int pair) {
        return first.get(row)[pair];
    }

    /** Row of the second underlying in one of the pairs. */
    public int second(int row, int pair) {
        return second.get(row)[pair];
    }

    private static int[] cells(int number, ScenarioRow row, List<Family> families) {
        if (row.cross()) {
            return families.stream()
                    .filter(family -> family.name().equals(JOINT))
                    .flatMap(family -> family.points().stream())
                    .flatMapToInt(IntColumn::stream)
                    .toArray();
        }
        if (row.move() instanceof ScenarioRow.PricePoint point && point.shift() != 0) {
            return families.stream()
                    .flatMap(family -> family.points().stream())
                    .filter(cells -> cells.stream().anyMatch(cell -> cell == number))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("row " + number + " must stand in a star point"))
                    .stream()
                    .toArray();
        }
        return new int[] {number};
    }
}
