package io.bulwark.netting.scan;

import io.bulwark.netting.formula.ExpectedShortfall;

/**
 * The weighted mean of the worst tail without a sort: the boundary is closed in from both sides, the few rows left between are
 * sorted, and the boundary row is split.
 *
 * <p>The same integer as {@link ExpectedShortfall}. One instance serves one thread.
 */
final class TailSelection {
    /** Below this every sum of losses, and of losses by weight, stays within 64 bits: 10⁶·2⁴³ &lt; 2⁶³. */
    static final long NARROW_LOSS = 1L << 43;

    /** Rows between the bounds that are sorted instead of divided again. */
    private static final int SORTED_MAX = 24;

    /** Divisions before the rows between the bounds are looked at alone. */
    private static final int DIVISIONS = 5;

    private final ScanKernel kernel;
    private final long[] weights;
    private final long tail;
    private final long[] someLosses;
    private final long[] someWeights;
    private long low;
    private long high;
    private long weightAboveHigh;

    /**
     * A selection over rows of given weights.
     *
     * @param kernel the loops
     * @param weights per row, ppm, padded with 0 to whole vectors
     * @param tail k, ppm
     */
    TailSelection(ScanKernel kernel, long[] weights, long tail) {
        this.kernel = kernel;
        this.weights = weights;
        this.tail = tail;
        // A compressed vector is stored whole: its idle lanes may lie beyond the last row.
        this.someLosses = new long[weights.length + ScanLayout.LANES];
        this.someWeights = new long[weights.length + ScanLayout.LANES];
    }

    /**
     * Σ weight·loss over the worst k of weight.
     *
     * @param losses per row, padded like the weights; magnitudes below {@link #NARROW_LOSS}
     */
    long weightedTail(long[] losses) {
        bracket(losses);
        for (int i = 0; i < DIVISIONS && high - low > 1; i++) {
            divide(losses);
        }
        int count = kernel.between(losses, weights, low, high, someLosses, someWeights);
        while (count > SORTED_MAX && high - low > 1) {
            divide(losses);
            count = kernel.between(losses, weights, low, high, someLosses, someWeights);
        }
        return kernel.weightedAbove(losses, weights, high) + fill(count);
    }

    /** Weight above {@code low} is more than k, above {@code high} it is not. */
    private void bracket(long[] losses) {
        high = kernel.largest(losses, 0, losses.length);
        weightAboveHigh = 0;
        low = kernel.smallest(losses) - 1;
        long mean = kernel.sum(losses) / losses.length;
        if (mean > low && mean < high) {
            close(losses, mean);
        }
    }

    private void divide(long[] losses) {
        close(losses, low + (high - low) / 2);
    }

    private void close(long[] losses, long bound) {
        long weight = kernel.weightAbove(losses, weights, bound);
        if (weight > tail) {
            low = bound;
        } else {
            high = bound;
            weightAboveHigh = weight;
        }
    }

    /** What the rows between the bounds add until the tail is full, the worst first. */
    private long fill(int count) {
        sortDescending(count);
        long left = tail - weightAboveHigh;
        long sum = 0;
        for (int i = 0; i < count && left > 0; i++) {
            long weight = Math.min(left, someWeights[i]);
            sum += weight * someLosses[i];
            left -= weight;
        }
        return sum;
    }

    /** Few rows, or equal ones. */
    private void sortDescending(int count) {
        for (int i = 1; i < count; i++) {
            long loss = someLosses[i];
            long weight = someWeights[i];
            int at = i;
            while (at > 0 && someLosses[at - 1] < loss) {
                someLosses[at] = someLosses[at - 1];
                someWeights[at] = someWeights[at - 1];
                at--;
            }
            someLosses[at] = loss;
            someWeights[at] = weight;
        }
    }
}
