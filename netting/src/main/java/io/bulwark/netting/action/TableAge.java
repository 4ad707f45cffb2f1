package io.bulwark.netting.action;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the world has moved since the table was made: its age, and where each group's live index stands against the table's
 * price. A table that the world has left behind decides nothing; the next epoch is published first.
 *
 * @param ageMillis milliseconds since the epoch's time, at least 0
 * @param indexMoves live index over the table's price less one, ppm, by group number
 * @param ageMillisMax the epoch limit
 * @param indexMoveMax largest move of an index, ppm
 */
public record TableAge(long ageMillis, Map<Integer, Long> indexMoves, long ageMillisMax, long indexMoveMax) {
    /** How long a table may be used. */
    public static final Parameter AGE_MILLIS_MAX =
            new Parameter("action.tableAgeMillisMax", "ms", 60_000, 86_400_000, 3_600_000);

    /** How far an index may move before a new table is due: 2 %. */
    public static final Parameter INDEX_MOVE_MAX = new Parameter("action.indexMoveMax", "ppm", 1_000, 100_000, 20_000);

    /** Sorts the moves. */
    public TableAge {
        indexMoves = Collections.unmodifiableMap(new TreeMap<>(indexMoves));
        if (ageMillis < 0) {
            throw new IllegalArgumentException("age of a table must be >= 0 ms; have " + ageMillis);
        }
    }

    /** A table of this moment. */
    public static TableAge fresh(ParameterSet parameters) {
        return of(0, Map.of(), parameters);
    }

    /** Under the governed limits. */
    public static TableAge of(long ageMillis, Map<Integer, Long> indexMoves, ParameterSet parameters) {
        return new TableAge(ageMillis, indexMoves, parameters.value(AGE_MILLIS_MAX), parameters.value(INDEX_MOVE_MAX));
    }

    /** Why the table may not be used, or empty if it may. */
    Optional<String> fault() {
        if (ageMillis > ageMillisMax) {
            return Optional.of("the table is " + ageMillis + " ms old: must be at most " + ageMillisMax + " ms");
        }
        return indexMoves.entrySet().stream()
                .filter(move -> Math.abs(move.getValue()) > indexMoveMax)
                .findFirst()
                .map(move -> "index of group " + move.getKey() + " has moved by " + move.getValue()
                        + " ppm since the table: must be within " + indexMoveMax);
    }
}
