package io.bulwark.journey;

import io.bulwark.api.Bulwark;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code bulwark sandbox} in a thread of this process, until it is closed. */
final class SandboxHouse implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_MILLIS = 50;

    private final StringWriter said = new StringWriter();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread thread;

    private SandboxHouse(String... command) {
        PrintWriter out = new PrintWriter(said, true);
        String[] verb =
                Stream.concat(Stream.of(command), Stream.of("--port", "0")).toArray(String[]::new);
        thread = Thread.ofPlatform().name("sandbox").start(() -> code.complete(Bulwark.run(out, out, verb)));
    }

    /** Starts it by its verb, on a free port. */
    static SandboxHouse over(String... command) {
        return new SandboxHouse(command);
    }

    /** Where it answers. */
    URI address() throws InterruptedException {
        return URI.create(await("answers at (\\S+)").group(1));
    }

    /** Waits for words that a pattern is found in. */
    Matcher await(String pattern) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Matcher matcher = Pattern.compile(pattern).matcher(output());
            if (matcher.find()) {
                return matcher;
            }
            if (code.isDone()) {
                break;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new AssertionError("nothing with /" + pattern + "/ in:\n" + output());
    }

    /** Everything said so far. */
    String output() {
        synchronized (said.getBuffer()) {
            return said.toString();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
