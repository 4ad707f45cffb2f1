package io.bulwark.prover.binding;

import java.lang.ref.Cleaner;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * A number by which the library knows something it holds, and the promise that it is released once.
 *
 * <p>Calls share a lock and closing excludes them, so that nothing is released under a call; a handle that its owner forgot is
 * released by the cleaner.
 */
final class NativeHandle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final long number;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Cleaner.Cleanable release;
    private boolean closed;

    NativeHandle(String name, long number, LongConsumer close) {
        this.name = name;
        this.number = number;
        // The action must not refer to this object, or the cleaner never sees it unreachable.
        this.release = CLEANER.register(this, () -> close.accept(number));
    }

    /**
     * Calls with the number.
     *
     * @throws IllegalStateException if the handle is closed
     */
    <T> T use(LongFunction<T> call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + " is closed");
            }
            return call.apply(number);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Releases; the second time does nothing. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            release.clean();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
