package io.bulwark.netting.action;

import java.util.OptionalLong;
import java.util.function.LongUnaryOperator;

/**
 * Where a function of a whole number that first rises and then falls, as E − IM does in the lots of one trade, is at least 0.
 *
 * <p>E − IM is concave in the quantities but for roundings of a few units, so the top is found by thirds and each edge by halves;
 * what is returned was evaluated, and so was its neighbour.
 */
record ConcaveSearch(LongUnaryOperator excess, long most) {
    private static final int NEIGHBOURS = 64;

    /** The least n from 0 to {@code most} with excess ≥ 0. */
    OptionalLong least() {
        long top = top();
        if (excess.applyAsLong(top) < 0) {
            return OptionalLong.empty();
        }
        long low = -1;
        long high = top;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (excess.applyAsLong(middle) >= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalLong.of(firstOf(high));
    }

    /** The largest n from 0 to {@code most} with excess ≥ 0. */
    OptionalLong largest() {
        long top = top();
        if (excess.applyAsLong(top) < 0) {
            return OptionalLong.empty();
        }
        long low = top;
        long high = most + 1;
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (excess.applyAsLong(middle) >= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return OptionalLong.of(lastOf(low));
    }

    /** Where the excess is largest, or one of the ends where it is at least 0. */
    private long top() {
        if (excess.applyAsLong(0) >= 0) {
            return 0;
        }
        if (excess.applyAsLong(most) >= 0) {
            return most;
        }
        long low = 0;
        long high = most;
        while (high - low > 2) {
            long third = (high - low) / 3;
            if (excess.applyAsLong(low + third) < excess.applyAsLong(high - third)) {
                low += third;
            } else {
                high -= third;
            }
        }
        long best = low;
        for (long n = low; n <= high; n++) {
            best = excess.applyAsLong(n) > excess.applyAsLong(best) ? n : best;
        }
        return best;
    }

    private long firstOf(long edge) {
        long first = edge;
        for (long n = edge - 1; n >= Math.max(0, edge - NEIGHBOURS); n--) {
            first = excess.applyAsLong(n) >= 0 ? n : first;
        }
        return first;
    }

    private long lastOf(long edge) {
        long last = edge;
        for (long n = edge + 1; n <= Math.min(most, edge + NEIGHBOURS); n++) {
            last = excess.applyAsLong(n) >= 0 ? n : last;
        }
        return last;
    }
}
