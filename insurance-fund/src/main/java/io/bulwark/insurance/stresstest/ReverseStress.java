package io.bulwark.insurance.stresstest;

import java.util.OptionalInt;
import java.util.function.IntToLongFunction;

/**
 * How much worse than a scenario it must come before the fund is exhausted: the distance to criticality.
 *
 * <p>Multiples of the scenario are scanned on a grid, because a loss need not grow with the multiple (options, hedges), and between the first point of the grid that exhausts
 * the fund and the one before it the edge is found by bisection. Where the loss does not fall as the multiple grows the answer is the smallest multiple of all; else it is
 * the edge below the first point of the grid that exhausts, and a narrower gap between two points may have been passed over.
 *
 * @param multiplePpm the smallest multiple that exhausts the fund, ppm of the scenario; empty where none on the grid does
 * @param loss what must be paid at that multiple, or at the end of the grid; in the unit of the fund
 * @param lossBefore what must be paid one ppm below, at most the fund; 0 at a multiple of 0
 */
public record ReverseStress(OptionalInt multiplePpm, long loss, long lossBefore) {
    /**
     * The points that are scanned.
     *
     * @param stepPpm between two points, ≥ 1
     * @param mostPpm the largest multiple, at least a step
     */
    public record Grid(int stepPpm, int mostPpm) {
        /** A twentieth of the scenario at a time, up to five times the scenario. */
        public static final Grid USUAL = new Grid(50_000, 5_000_000);

        /** Checks ranges. */
        public Grid {
            if (stepPpm < 1 || mostPpm < stepPpm || mostPpm > Integer.MAX_VALUE - stepPpm) {
                throw new IllegalArgumentException(
                        "stepPpm must be >= 1 and mostPpm at least a step; have " + stepPpm + " and " + mostPpm);
            }
        }
    }

    /**
     * The smallest multiple found.
     *
     * @param loss from a multiple, ppm, to what must be paid
     * @param fund what there is to pay with, ≥ 0
     */
    public static ReverseStress of(IntToLongFunction loss, long fund, Grid grid) {
        if (fund < 0) {
            throw new IllegalArgumentException("fund must be >= 0; have " + fund);
        }
        long last = loss.applyAsLong(0);
        if (last > fund) {
            return new ReverseStress(OptionalInt.of(0), last, 0);
        }
        for (int point = grid.stepPpm(); point <= grid.mostPpm(); point += grid.stepPpm()) {
            long paid = loss.applyAsLong(point);
            if (paid > fund) {
                return edge(loss, fund, point - grid.stepPpm(), point, last, paid);
            }
            last = paid;
        }
        return new ReverseStress(OptionalInt.empty(), last, last);
    }

    private static ReverseStress edge(
            IntToLongFunction loss, long fund, int enough, int tooMuch, long lossEnough, long lossTooMuch) {
        int below = enough;
        int above = tooMuch;
        long lossBelow = lossEnough;
        long lossAbove = lossTooMuch;
        while (above - below > 1) {
            int middle = below + (above - below) / 2;
            long paid = loss.applyAsLong(middle);
            if (paid > fund) {
                above = middle;
                lossAbove = paid;
            } else {
                below = middle;
                lossBelow = paid;
            }
        }
        return new ReverseStress(OptionalInt.of(above), lossAbove, lossBelow);
    }
}
