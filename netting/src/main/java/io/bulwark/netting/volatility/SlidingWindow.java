package io.bulwark.netting.volatility;

import java.util.Arrays;

/** The last values of a series in ascending order, for quantiles that move with time. */
final class SlidingWindow {
    private final double[] arrived;
    private final double[] sorted;
    private int seen;

    SlidingWindow(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("window must hold at least one value; have " + capacity);
        }
        arrived = new double[capacity];
        sorted = new double[capacity];
    }

    int size() {
        return Math.min(seen, arrived.length);
    }

    /** Takes a value in; the oldest leaves a full window. */
    void add(double value) {
        int kept = size();
        if (kept == arrived.length) {
            int leaving = Arrays.binarySearch(sorted, 0, kept, arrived[seen % arrived.length]);
            kept--;
            System.arraycopy(sorted, leaving + 1, sorted, leaving, kept - leaving);
        }
        int found = Arrays.binarySearch(sorted, 0, kept, value);
        int place = found >= 0 ? found : -found - 1;
        System.arraycopy(sorted, place, sorted, place + 1, kept - place);
        sorted[place] = value;
        arrived[seen % arrived.length] = value;
        seen++;
    }

    /**
     * Quantile by linear interpolation between order statistics: position (n − 1)·p from 0 (Hyndman and Fan 1996, type 7).
     *
     * @param p 0 to 1
     */
    double quantile(double p) {
        double position = (size() - 1) * p;
        int below = (int) position;
        int above = Math.min(below + 1, size() - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    double median() {
        return quantile(0.5);
    }
}
