package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The joint scenarios of expected shortfall, one set per table; a production table has 1,024, 256 or 1 rows, weights constant
 * in sixteenths (the common encoding).
 *
 * @param source how they were drawn, for people: histories by digest, rule, seed; in the table's provenance
 * @param moves relative price move per row by group number, ppm, above −10⁶; every group of the grid but the numéraire
 * @param volatility volatility shock per row, 10⁻⁶ of the full shock, common to all groups
 * @param weights per row, ppm, ≥ 0, together 10⁶
 */
public record ExpectedShortfallRows(
        String source, Map<Integer, IntColumn> moves, IntColumn volatility, IntColumn weights) {

    /** No expected shortfall: one row of zeros with the whole weight. */
    public static final ExpectedShortfallRows NONE =
            new ExpectedShortfallRows("none", Map.of(), IntColumn.zeros(1), IntColumn.of(Ppm.ONE));

    /** Copies and checks that all columns have one length. */
    public ExpectedShortfallRows {
        moves = Collections.unmodifiableMap(new TreeMap<>(moves));
        int rows = weights.length();
        requireLength(volatility, rows, "volatility");
        moves.forEach((group, column) -> {
            requireLength(column, rows, "moves of group " + group);
            if (column.stream().anyMatch(move -> move <= -Ppm.ONE)) {
                throw new IllegalArgumentException("moves of group " + group + " must be above -1000000 ppm; have "
                        + column.stream().min().orElseThrow());
            }
        });
    }

    /** Number of rows N. */
    public int count() {
        return weights.length();
    }

    /** Whether there is any: without one, no entry loses anything in the one row, not even time value. */
    public boolean exists() {
        return !moves.isEmpty();
    }

    /**
     * The moves of a group; all groups stand still where there is no expected shortfall.
     *
     * @throws IllegalArgumentException if rows exist and leave the group out
     */
    public IntColumn movesOf(int group, String name) {
        if (!exists()) {
            return IntColumn.zeros(count());
        }
        return Optional.ofNullable(moves.get(group))
                .orElseThrow(() -> new IllegalArgumentException("expected-shortfall rows must move group " + name));
    }

    private static void requireLength(IntColumn column, int rows, String field) {
        if (column.length() != rows) {
            throw new IllegalArgumentException(
                    field + " must have " + rows + " expected-shortfall rows; have " + column.length());
        }
    }
}
