package io.bulwark.netting.tail;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The expected-shortfall rows of a table: joint one-day worlds with weights. Integers from here on.
 *
 * @param moves relative price move by group name, ppm, −950 000 to 4 000 000; a group without a column stands still
 * @param volatility relative move of implied volatility at 30 days, ppm
 * @param weights together 10⁶
 */
public record ShortfallRows(SortedMap<String, IntColumn> moves, IntColumn volatility, IntColumn weights) {

    /** Copies the columns' map and checks their lengths. */
    public ShortfallRows {
        moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
        if (weights.sum() != Ppm.ONE) {
            throw new IllegalArgumentException("weights must add up to " + Ppm.ONE + "; have " + weights.sum());
        }
        if (volatility.length() != weights.length()
                || moves.values().stream().anyMatch(column -> column.length() != weights.length())) {
            throw new IllegalArgumentException("every column must have " + weights.length() + " rows");
        }
    }

    /** No expected shortfall: one row in which nothing happens. */
    public static ShortfallRows none() {
        return new ShortfallRows(new TreeMap<>(), IntColumn.zeros(1), IntColumn.of(Ppm.ONE));
    }

    /** N. */
    public int count() {
        return weights.length();
    }

    /** The moves of a group; zeros for one that stands still. */
    public IntColumn of(String group) {
        return Optional.ofNullable(moves.get(group)).orElseGet(() -> IntColumn.zeros(count()));
    }
}
