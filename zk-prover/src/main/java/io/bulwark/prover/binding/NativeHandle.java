package io.bulwark.prover.binding;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * A number by which the library knows something it holds, and the promise that it is released once.
 *
 * <p>Calls share a lock and closing excludes them, so that nothing is released under a call; a handle that its owner forgot is released by the cleaner. Where the
 * library can end, the handle remembers how it was opened and what was done with it since, and does that again in the library that follows.
 */
final class NativeHandle implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Held held;
    private final Cleaner.Cleanable release;
    private boolean closed;

    /** Opens something in a library and gives its number. */
    interface Opening {
        long in(Crossing crossing);
    }

    /** Changes what a number stands for. */
    interface Change {
        void in(Crossing crossing, long number);
    }

    /** Closes a number. */
    interface Closing {
        void in(Crossing crossing, long number);
    }

    private NativeHandle(String name, Held held) {
        this.name = name;
        this.held = held;
        // The action must not refer to this object, or the cleaner never sees it unreachable.
        this.release = CLEANER.register(this, held::close);
    }

    /** A handle of what an opening gave in a library. */
    static NativeHandle of(String name, Crossing crossing, long number, Opening opening, Closing closing) {
        return new NativeHandle(name, new Held(crossing, number, opening, closing));
    }

    /**
     * Calls with the number.
     *
     * @throws IllegalStateException if the handle is closed
     */
    <T> T use(Crossing crossing, LongFunction<T> call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + " is closed");
            }
            return call.apply(held.number(crossing));
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Changes what the number stands for.
     *
     * @throws IllegalStateException if the handle is closed
     */
    void change(Crossing crossing, Change change) {
        use(crossing, number -> {
            held.change(crossing, change);
            return number;
        });
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

    /** Where the number counts, and how to come by one elsewhere. */
    private static final class Held {
        private final Opening opening;
        private final Closing closing;
        private final List<Change> changes = new ArrayList<>();
        private Crossing crossing;
        private long number;

        Held(Crossing crossing, long number, Opening opening, Closing closing) {
            this.crossing = crossing;
            this.number = number;
            this.opening = opening;
            this.closing = closing;
        }

        synchronized long number(Crossing now) {
            if (now != crossing) {
                long again = opening.in(now);
                changes.forEach(change -> change.in(now, again));
                crossing = now;
                number = again;
            }
            return number;
        }

        /** A change counts once it was done. */
        synchronized void change(Crossing now, Change change) {
            change.in(now, number(now));
            if (now.canEnd()) {
                changes.add(change);
            }
        }

        synchronized void close() {
            closing.in(crossing, number);
        }
    }
}
