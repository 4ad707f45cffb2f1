package io.bulwark.netting.backtest;

import io.bulwark.netting.coverage.Exceedances;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a book earned and what it had to hold, window after window, both as shares of its notional.
 *
 * @param name of the book
 * @param endDays epoch day on which each window ends, increasing
 * @param profits profit and loss over the window, gains positive
 * @param margins known at the beginning of the window, ≥ 0
 */
public record BookSeries(String name, int[] endDays, double[] profits, double[] margins) {
    /** Checks the lengths and copies. */
    public BookSeries {
        if (profits.length != endDays.length || margins.length != endDays.length) {
            throw new IllegalArgumentException("columns of " + name + " must have one length; have " + endDays.length
                    + " days, " + profits.length + " profits, " + margins.length + " margins");
        }
        endDays = endDays.clone();
        profits = profits.clone();
        margins = margins.clone();
    }

    /** Number of windows. */
    public int size() {
        return endDays.length;
    }

    @Override
    public int[] endDays() {
        return endDays.clone();
    }

    @Override
    public double[] profits() {
        return profits.clone();
    }

    @Override
    public double[] margins() {
        return margins.clone();
    }

    /** The windows whose loss exceeds the margin. */
    public boolean[] breaches() {
        return Exceedances.hits(profits, margins);
    }

    /** Mean of the margins; NaN for no windows. */
    public double averageMargin() {
        return Arrays.stream(margins).average().orElse(Double.NaN);
    }

    /** Largest margin; NaN for no windows. */
    public double largestMargin() {
        return Arrays.stream(margins).max().orElse(Double.NaN);
    }

    /** Loss beyond the margin, 0 where it was covered. */
    public double[] shortfalls() {
        double[] shortfalls = new double[profits.length];
        for (int i = 0; i < shortfalls.length; i++) {
            shortfalls[i] = Math.max(0, -profits[i] - margins[i]);
        }
        return shortfalls;
    }

    /** Windows that end in [first, last]. */
    public BookSeries between(int first, int last) {
        int from = lowerBound(first);
        int to = lowerBound(last + 1);
        return new BookSeries(
                name,
                Arrays.copyOfRange(endDays, from, to),
                Arrays.copyOfRange(profits, from, to),
                Arrays.copyOfRange(margins, from, to));
    }

    /** The first window and every step-th after it. */
    public BookSeries every(int step) {
        int[] kept = IntStream.range(0, Math.ceilDiv(size(), step))
                .map(i -> i * step)
                .toArray();
        return new BookSeries(
                name,
                IntStream.of(kept).map(i -> endDays[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> profits[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> margins[i]).toArray());
    }

    /** The same windows with margins multiplied by a factor. */
    public BookSeries times(double factor) {
        return new BookSeries(
                name,
                endDays,
                profits,
                Arrays.stream(margins).map(margin -> factor * margin).toArray());
    }

    /** The first window that ends on a day or later. */
    int lowerBound(int day) {
        int at = Arrays.binarySearch(endDays, day);
        return at >= 0 ? at : -at - 1;
    }
}
