package io.bulwark.netting.backtest;

import java.util.stream.IntStream;

/**
 * Which windows of a history are judged.
 *
 * @param firstDay epoch day on which the first move ends, or later
 * @param lastDay epoch day on which the last move ends, or earlier
 * @param horizonDays length of a window in moves
 * @param step moves from the beginning of one window to that of the next: the horizon for windows that do not overlap
 */
record Windows(int firstDay, int lastDay, int horizonDays, int step) {
    /** Checks that there may be windows. */
    public Windows {
        if (horizonDays < 1 || step < 1 || lastDay < firstDay) {
            throw new IllegalArgumentException(
                    "windows must have horizon and step >= 1 and a last day from the first; have " + horizonDays + ", "
                            + step + ", days " + firstDay + " to " + lastDay);
        }
    }

    /** Windows that begin with every move. */
    public static Windows overlapping(int firstDay, int lastDay, int horizonDays) {
        return new Windows(firstDay, lastDay, horizonDays, 1);
    }

    /** The first move of every window. */
    public int[] starts(BookHistory history) {
        int first = history.firstEndingFrom(firstDay);
        int end = Math.min(history.moves(), history.firstEndingFrom(lastDay + 1)) - horizonDays + 1;
        int count = Math.max(0, Math.ceilDiv(end - first, step));
        return IntStream.range(0, count).map(i -> first + i * step).toArray();
    }
}
