package io.bulwark.api.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of the system that the process ends (SIGTERM, Ctrl-C). Open it before everything that must be closed in order: the process ends when this is closed, after
 * the rest. It is the only shutdown hook of the process, so that nothing closes beside its turn. Work that is under way is interrupted; what does not end within
 * seconds is left, as by a kill, which the books survive.
 */
public final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean awaited;
    private final Thread owner = Thread.currentThread();

    private StopSignal() {}

    /** Listens from now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::holdTheProcess));
        return signal;
    }

    private void holdTheProcess() {
        wished.countDown();
        if (!awaited) {
            owner.interrupt();
        }
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "bulwark: not everything closed within " + PATIENCE_SECONDS + " s; ending all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the process is wished to end. */
    public void await() throws InterruptedException {
        awaited = true;
        wished.await();
    }

    /** Waits so long at most; whether the process is wished to end. */
    public boolean await(Duration longest) throws InterruptedException {
        awaited = true;
        try {
            return wished.await(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
        } finally {
            awaited = false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
