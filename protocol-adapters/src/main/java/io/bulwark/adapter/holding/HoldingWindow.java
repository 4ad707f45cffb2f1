package io.bulwark.adapter.holding;

import java.time.Instant;

/**
 * When a holding of an epoch may have been seen: not later than the epoch, and at most one epoch before it.
 *
 * @param from time of the epoch before
 * @param until time of the epoch
 */
public record HoldingWindow(Instant from, Instant until) {
    /** Longest time that a holding of a house's first epoch may be old. */
    public static final long FIRST_MILLIS = 86_400_000;

    boolean holds(long atMillis) {
        return atMillis >= from.toEpochMilli() && atMillis <= until.toEpochMilli();
    }
}
