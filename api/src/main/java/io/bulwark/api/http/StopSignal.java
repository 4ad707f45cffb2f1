package io.bulwark.api.http;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wish of the system that the process ends (SIGTERM, Ctrl-C). Open it before everything that must be closed in order: the process
 * ends when this is closed, after the rest. It is the only shutdown hook of the process, so that nothing closes beside its turn. A house
 * that serves ends with exit code 0; work that is under way is interrupted, and the code is 128 and the signal's number. What does not end
 * within seconds is left, as by a kill, which the books survive.
 */
public final class StopSignal implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;
    private static final int OF_SIGNALS = 128;
    private static final int TERM = 15;
    private static final int INT = 2;

    private final CountDownLatch wished = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private boolean awaited;
    private volatile boolean serving;
    private final Thread owner = Thread.currentThread();

    private StopSignal() {}

    /** Listens from now on. */
    public static StopSignal listen() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(signal::holdTheProcess));
        signal.take("TERM", TERM);
        signal.take("INT", INT);
        return signal;
    }

    /**
     * Java ends with the signal's number, whatever its hooks did, unless the signal is taken, for which it has a class without a supported
     * name. Where it has none, the hook is all.
     */
    private void take(String name, int number) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler taken = (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                    return method.invoke(this, arguments);
                }
                wish(number);
                return null;
            };
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            Proxy.newProxyInstance(StopSignal.class.getClassLoader(), new Class<?>[] {handler}, taken));
        } catch (ReflectiveOperationException absent) {
            return;
        }
    }

    private void wish(int number) {
        if (!serving || wished.getCount() == 0) {
            System.exit(OF_SIGNALS + number);
        }
        Thread.ofPlatform().daemon().name("stop-patience").start(() -> {
            holdTheProcess();
            if (closed.getCount() > 0) {
                Runtime.getRuntime().halt(OF_SIGNALS + number);
            }
        });
    }

    /** From now on it is no failure to be stopped. */
    public void serve() {
        serving = true;
    }

    /** Whether the process is wished to end. */
    public boolean isWished() {
        return wished.getCount() == 0;
    }

    private void holdTheProcess() {
        tell();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println(
                        "bulwark: not everything closed within " + PATIENCE_SECONDS + " s; ending all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who waits is woken by the wish itself; who works is interrupted. Nobody is interrupted after he was woken. */
    private synchronized void tell() {
        wished.countDown();
        if (!awaited) {
            owner.interrupt();
        }
    }

    private synchronized void awaited(boolean now) {
        awaited = now;
    }

    /** Waits until the process is wished to end. */
    public void await() throws InterruptedException {
        serve();
        awaited(true);
        try {
            wished.await();
        } catch (InterruptedException e) {
            requireWished(e);
        }
    }

    /** An interrupt that came before the wait did: it was of the wish. */
    private void requireWished(InterruptedException e) throws InterruptedException {
        if (!isWished()) {
            throw e;
        }
    }

    /** Waits so long at most; whether the process is wished to end. */
    public boolean await(Duration longest) throws InterruptedException {
        awaited(true);
        try {
            return wished.await(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            requireWished(e);
            return true;
        } finally {
            awaited(false);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
