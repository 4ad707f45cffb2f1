package io.bulwark.clearing.register;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The number of the newest epoch for who asks some thousand times a second: what this process sealed is seen at once, what another process
 * of the house sealed within {@link #OLD}. Nothing is decided by it.
 */
final class NewestEpoch {
    static final Duration OLD = Duration.ofMillis(10);

    private final LongSupplier reading;
    private final AtomicReference<@Nullable Seen> seen = new AtomicReference<>();

    /** A number, and when the reading of it began; the clock says only how old it is. */
    private record Seen(long number, long nanos) {}

    /** @param reading asks the books */
    NewestEpoch(LongSupplier reading) {
        this.reading = reading;
    }

    /** 0 before the first. */
    long number() {
        Seen known = seen.get();
        long now = System.nanoTime();
        if (known != null && now - known.nanos < OLD.toNanos()) {
            return known.number;
        }
        Seen read = new Seen(reading.getAsLong(), now);
        // What was forgotten while the books were read stays forgotten: the reading may have begun before the seal.
        seen.compareAndSet(known, read);
        return read.number;
    }

    /** This process sealed an epoch. */
    void forget() {
        seen.set(new Seen(0, System.nanoTime() - OLD.toNanos()));
    }
}
