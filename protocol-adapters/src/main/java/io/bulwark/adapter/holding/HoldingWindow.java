package io.bulwark.adapter.holding;

/**
 * When a holding of an epoch may have been seen: not later than the epoch, and at most one epoch before it.
 *
 * @param fromMillis time of the epoch before
 * @param untilMillis time of the epoch
 */
public record HoldingWindow(long fromMillis, long untilMillis) {
    /** Longest time that a holding of a house's first epoch may be old. */
    public static final long FIRST_MILLIS = 86_400_000;

    boolean holds(long atMillis) {
        return atMillis >= fromMillis && atMillis <= untilMillis;
    }
}
