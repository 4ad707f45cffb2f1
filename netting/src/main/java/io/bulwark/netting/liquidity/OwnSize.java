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
 * increments of 1 % and 2 %, rounded down so that the limit holds to the unit.
 */
public final class OwnSize {
    private static final int SMALL_TENTH = 10;
    private static final int LARGE_HALF = 2;
    private static final long PERCENT = 100;

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

    private static void add(List<Knot> knots, long threshold, long slope) {
        if (slope > 0) {
            knots.add(new Knot(threshold, slope));
        }
    }
}
