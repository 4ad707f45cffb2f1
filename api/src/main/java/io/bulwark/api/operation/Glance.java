package io.bulwark.api.operation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What was read a moment ago, for the many gauges of one scrape: read again once it is five seconds old. */
final class Glance<T> {
    private static final long OLD_NANOS = 5_000_000_000L;

    private final Supplier<T> reading;
    private @Nullable T read;
    private long at;

    Glance(Supplier<T> reading) {
        this.reading = reading;
    }

    synchronized T now() {
        T known = read;
        if (known == null || System.nanoTime() - at >= OLD_NANOS) {
            known = reading.get();
            read = known;
            at = System.nanoTime();
        }
        return known;
    }
}
