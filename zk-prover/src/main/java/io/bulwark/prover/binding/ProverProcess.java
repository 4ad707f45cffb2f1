package io.bulwark.prover.binding;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A child process that answers calls: frames of a length (4 bytes, big-endian, of what follows), the call's number (8 bytes) and its bytes, over the child's standard
 * input and output. Nobody else can reach these pipes. Nothing of a call stands in the child's arguments, environment, or a log: the environment is empty, and what a
 * dying process prints (a stack trace holds arguments) goes nowhere.
 *
 * <p>Whatever goes wrong ends the child and every call that waits for it: it died, it says something that is no answer, or it takes longer than the configuration lets it.
 */
final class ProverProcess implements Crossing {
    private static final int NUMBER_BYTES = Long.BYTES;
    private static final long DEATH_SECONDS = 5;

    private final Process process;
    private final DataOutputStream calls;
    private final long patienceMillis;
    private final Map<Long, CompletableFuture<byte[]>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();

    private ProverProcess(Process process, long patienceMillis) {
        this.process = process;
        this.calls = new DataOutputStream(process.getOutputStream());
        this.patienceMillis = patienceMillis;
    }

    /**
     * Starts a child.
     *
     * @throws IllegalStateException if the system does not start it
     */
    static ProverProcess start(Path executable, ProverConfiguration configuration) {
        ProcessBuilder builder = new ProcessBuilder(
                        executable.toString(),
                        "-memory-bytes",
                        Long.toString(configuration.memoryBytesMax()),
                        "-threads",
                        Integer.toString(configuration.threads()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        try {
            ProverProcess started =
                    new ProverProcess(builder.start(), configuration.patience().toMillis());
            Thread.ofPlatform().daemon().name("prover-answers").start(started::readAnswers);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException("prover process " + executable + " must start", e);
        }
    }

    /** Whether it answers no more. */
    boolean hasEnded() {
        return ended.get() != null || !process.isAlive();
    }

    @Override
    public byte[] call(byte[] call, Patience patience) {
        long number = lastNumber.incrementAndGet();
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        if (patience == Patience.LIMITED) {
            // On a copy, so that the reason stands before the call is woken.
            var _ = answer.copy()
                    .orTimeout(patienceMillis, TimeUnit.MILLISECONDS)
                    .whenComplete(this::endOfPatience);
        }
        if (ended.get() == null) {
            send(number, call);
        } else {
            // It ended before this call stood among those that its end answers.
            answer.completeExceptionally(new EOFException());
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw lost();
        } finally {
            waiting.remove(number);
        }
    }

    private void send(long number, byte[] call) {
        try {
            synchronized (calls) {
                calls.writeInt(NUMBER_BYTES + call.length);
                calls.writeLong(number);
                calls.write(call);
                calls.flush();
            }
        } catch (IOException e) {
            end("reads no more");
        }
    }

    private void endOfPatience(byte @Nullable [] answer, @Nullable Throwable failure) {
        if (failure instanceof TimeoutException) {
            end("gave no answer within " + patienceMillis + " ms");
        }
    }

    private void readAnswers() {
        try (DataInputStream answers = new DataInputStream(process.getInputStream())) {
            while (true) {
                int length = answers.readInt();
                if (length < NUMBER_BYTES || length > NUMBER_BYTES + BYTES_MAX) {
                    end("sent a frame beyond the limits");
                    return;
                }
                CompletableFuture<byte[]> call = waiting.get(answers.readLong());
                if (call == null) {
                    end("answered no call");
                    return;
                }
                byte[] answer = answers.readNBytes(length - NUMBER_BYTES);
                if (answer.length < length - NUMBER_BYTES) {
                    end("sent half an answer");
                    return;
                }
                call.complete(answer);
            }
        } catch (IOException closed) {
            // What follows says so to every call that waits, whatever ends the reading.
        } finally {
            end("ended");
        }
    }

    /** Ends the child and what waits for it; the first reason counts. */
    private void end(String reason) {
        if (ended.compareAndSet(null, reason)) {
            process.destroyForcibly();
        }
        waiting.values().forEach(call -> call.completeExceptionally(new EOFException()));
    }

    private ProverException lost() {
        return new ProverException(ProverRefusal.of(RefusalKind.LOST, "process that " + ended.get() + status()));
    }

    /** How it ended, if it said so itself: the system's number, 128 + n for signal n. */
    private String status() {
        try {
            return process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS) ? " (status " + process.exitValue() + ")" : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public boolean canEnd() {
        return true;
    }

    @Override
    public RuntimeException garbled(String reason, Throwable cause) {
        end(reason);
        ProverException lost = lost();
        lost.initCause(cause);
        return lost;
    }

    /** Ends it; calls that wait are lost. */
    void close() {
        end("was closed");
    }
}
