package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One side of the price range beside all that was published of it within a year: never above {@code times} the least, never below one
 * {@code times}-th of the greatest, so that the greatest over the least of any year is at most {@code times}.
 *
 * <p>A rise is not held back below {@code free}: who was calm for a year may still be asked for as much as a group of which nothing
 * is known. Not for several threads.
 */
final class YearBound {
    private static final int DAYS = 365;

    private final long times;
    private final long free;
    private final Deque<Published> falling = new ArrayDeque<>();
    private final Deque<Published> rising = new ArrayDeque<>();

    private record Published(int day, long range) {}

    /**
     * A bound of which nothing was published yet.
     *
     * @param times greatest over least of a year, &gt; 1
     * @param free ppm
     */
    YearBound(long times, long free) {
        this.times = times;
        this.free = free;
    }

    /** The governed one. */
    static YearBound of(ParameterSet parameters) {
        return new YearBound(
                parameters.value(VolatilityParameters.YEAR_TIMES), parameters.value(VolatilityParameters.RANGE));
    }

    /** A range inside the bound, ppm: the nearest to the proposed one. Without anything published in the year before, the proposed one. */
    long within(int epochDay, long proposed) {
        expire(falling, epochDay);
        expire(rising, epochDay);
        if (rising.isEmpty()) {
            return proposed;
        }
        long most = Math.max(times * rising.getFirst().range(), free);
        return Math.clamp(
                proposed, Math.min(most, Math.ceilDiv(falling.getFirst().range(), times)), most);
    }

    /** Takes in what was published, day after day. */
    void publish(int epochDay, long range) {
        while (!falling.isEmpty() && falling.getLast().range() <= range) {
            falling.removeLast();
        }
        while (!rising.isEmpty() && rising.getLast().range() >= range) {
            rising.removeLast();
        }
        falling.addLast(new Published(epochDay, range));
        rising.addLast(new Published(epochDay, range));
    }

    private static void expire(Deque<Published> published, int epochDay) {
        while (!published.isEmpty() && published.getFirst().day() < epochDay - DAYS) {
            published.removeFirst();
        }
    }
}
