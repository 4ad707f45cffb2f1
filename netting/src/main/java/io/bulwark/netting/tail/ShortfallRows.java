package io.bulwark.netting.tail;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.IntColumn;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.util.FastMath;

/**
 * The expected-shortfall rows of a table: joint one-day worlds with weights. Integers from here on.
 *
 * @param moves relative price move by group name, ppm, −950 000 to 4 000 000; a group without a column stands still
 * @param volatility relative move of implied volatility at 30 days, ppm
 * @param weights together 10⁶
 */
public record ShortfallRows(SortedMap<String, IntColumn> moves, IntColumn volatility, IntColumn weights) {

    /** No price falls further. */
    private static final double LEAST = -950_000;

    /** No price rises, and no volatility moves, further. */
    private static final double MOST = 4_000_000;

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

    /** A move in ppm as a row holds it: inside the bounds of every row, half to even. */
    public static int bounded(double move) {
        return (int) FastMath.rint(FastMath.max(LEAST, FastMath.min(MOST, move)));
    }

    /** No expected shortfall: one row in which nothing happens. */
    public static ShortfallRows none() {
        return new ShortfallRows(new TreeMap<>(), IntColumn.zeros(1), IntColumn.of(Ppm.ONE));
    }

    /**
     * The same where no row moves a group further.
     *
     * @param fall furthest down, ppm, &gt; 0
     * @param rise furthest up, ppm, &gt; 0
     */
    public ShortfallRows within(String group, long fall, long rise) {
        SortedMap<String, IntColumn> bounded = new TreeMap<>(moves);
        bounded.computeIfPresent(
                group,
                (name, column) -> IntColumn.of(column.stream()
                        .map(move -> (int) Math.clamp(move, -fall, rise))
                        .toArray()));
        return new ShortfallRows(bounded, volatility, weights);
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
