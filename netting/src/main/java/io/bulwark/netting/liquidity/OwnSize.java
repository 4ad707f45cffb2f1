package io.bulwark.netting.liquidity;

import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.risktable.Knot;
import java.util.ArrayList;
import java.util.List;

/**
 * The own-size increments of a charge: what a large account pays above the linear slope.
 *
 * <p>Identity cannot be relied on, so increments are at most 3 % of the slope that everybody pays: splitting an account saves
 * at most 0.03/1.03 of the charge (margin formula, section 1.5). Two thresholds, a tenth and a half of the depth, with
 * increments of 1 % and 2 %, rounded down so that the limit holds to the unit. Where owners are identified ({@link #members})
 * the increments are chords of the square-root law instead, and the limit no longer holds.
 */
public final class OwnSize {
    private static final int SMALL_TENTH = 10;
    private static final int LARGE_HALF = 2;
    private static final long PERCENT = 100;

    /** Thresholds of the chords in tenths of D; the last chord ends at 5·D, beyond which nobody is admitted. */
    private static final int[] TENTHS = {0, 1, 4, 10, 30, 50};

    private static final double TEN = 10;

    private OwnSize() {}

    /**
     * The increments above a linear slope; none where they would round to nothing.
     *
     * @param linear the slope that they sit on, ≥ 0
     * @param depth D, in the unit of the charged size, &gt; 0
     */
    public static List<Knot> knots(long linear, long depth) {
        long small = Math.max(1, depth / SMALL_TENTH);
        long large = Math.max(small + 1, depth / LARGE_HALF);
        List<Knot> knots = new ArrayList<>();
        add(knots, small, Rounding.fdiv(linear, PERCENT));
        add(knots, large, Rounding.fdiv(2 * linear, PERCENT));
        return List.copyOf(knots);
    }

    /**
     * A slope and its increments that are never below the square-root cost of the own size, for a house of identified members.
     *
     * @param slope of the first tenth of D
     * @param knots the increments at 0.1, 0.4, 1 and 3 times D
     */
    public record Chords(long slope, List<Knot> knots) {
        /** Copies the knots. */
        public Chords {
            knots = List.copyOf(knots);
        }
    }

    /**
     * Chords of c·q^1.5/√D (margin formula, section 1.8): at or above the cost up to 5·D, at most 19 % above it from 0.1·D to
     * 3·D.
     *
     * @param cost c, the cost per unit of a trade as large as D, in the unit of the slope
     * @param depth D, &gt; 10
     */
    public static Chords members(long cost, long depth) {
        if (depth <= SMALL_TENTH) {
            throw new IllegalArgumentException("depth of a members' charge must be > 10; have " + depth);
        }
        long first = chord(cost, 0);
        long before = first;
        List<Knot> knots = new ArrayList<>();
        for (int k = 1; k < TENTHS.length - 1; k++) {
            long slope = chord(cost, k);
            add(knots, depth / SMALL_TENTH * TENTHS[k], slope - before);
            before = slope;
        }
        return new Chords(first, knots);
    }

    /** Slope of the chord from one threshold to the next, rounded up. Only exactly rounded operations: the same everywhere. */
    private static long chord(long cost, int k) {
        double from = TENTHS[k] / TEN;
        double to = TENTHS[k + 1] / TEN;
        return (long) Math.ceil(cost * ((to * Math.sqrt(to) - from * Math.sqrt(from)) / (to - from)));
    }

    private static void add(List<Knot> knots, long threshold, long slope) {
        if (slope > 0) {
            knots.add(new Knot(threshold, slope));
        }
    }
}
