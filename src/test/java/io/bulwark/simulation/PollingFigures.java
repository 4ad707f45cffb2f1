package io.bulwark.simulation;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a soak found.
 *
 * @param rounds of polling
 * @param longestMillis the longest round
 * @param unmarked how often a venue that hangs or lies was not marked; must be 0
 * @param wronglyMarked how often a sound venue was marked
 * @param leftovers what the process held, from the beginning of the measured time to its end
 */
public record PollingFigures(
        long rounds, long longestMillis, long unmarked, long wronglyMarked, List<Leftover> leftovers) {
    /** What may come on top in the second half: a collector's or compiler's thread, connections that are being closed. */
    private static final long THREADS_MAX = 4;

    private static final long FILES_MAX = 8;
    private static final long HEAP_BYTES_MAX = 4 << 20;

    /** Copies. */
    public PollingFigures {
        leftovers = List.copyOf(leftovers);
    }

    /** By how much the most in the second half is above the most in the first; below zero if it fell. */
    public long growth(ToLongFunction<Leftover> measure) {
        int half = leftovers.size() / 2;
        return most(leftovers.subList(half, leftovers.size()), measure) - most(leftovers.subList(0, half), measure);
    }

    /** Whether nothing grows and every venue in trouble was marked in every round. */
    public boolean flat() {
        return unmarked == 0
                && growth(Leftover::threads) <= THREADS_MAX
                && growth(Leftover::files) <= FILES_MAX
                && growth(Leftover::sockets) <= FILES_MAX
                && growth(Leftover::heapBytes) <= HEAP_BYTES_MAX;
    }

    private static long most(List<Leftover> leftovers, ToLongFunction<Leftover> measure) {
        return leftovers.stream().mapToLong(measure).max().orElse(0);
    }
}
