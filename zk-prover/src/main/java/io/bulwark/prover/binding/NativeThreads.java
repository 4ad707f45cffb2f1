package io.bulwark.prover.binding;

import io.opentelemetry.context.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where long native calls run: two platform threads and a bounded queue before them.
 *
 * <p>A native call pins the carrier of a virtual thread for its whole length, and two single proofs fill two cores; more at once only
 * costs memory.
 */
final class NativeThreads {
    /** Native calls at once. */
    static final int THREADS = 2;

    /** Calls that may wait. */
    static final int WAITING_MAX = 256;

    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("prover-", 1).factory());

    NativeThreads() {
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs the call and waits for it, also when interrupted: native code cannot be interrupted.
     *
     * @throws ProverException of category RETRY if too many wait
     */
    <T> T run(Supplier<T> call) {
        try {
            return CompletableFuture.supplyAsync(Context.current().wrapSupplier(call), pool)
                    .join();
        } catch (RejectedExecutionException full) {
            throw new ProverException(ProverRefusal.of(RefusalKind.BUSY, WAITING_MAX + " calls are waiting"));
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}
