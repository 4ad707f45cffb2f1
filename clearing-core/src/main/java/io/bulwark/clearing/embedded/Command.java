package io.bulwark.clearing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short external commands, run to their end. */
final class Command {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Command() {}

    /** Whether the command exists and exits with 0. */
    static boolean succeeds(List<String> command) {
        try {
            return run(command).exit() == 0;
        } catch (UncheckedIOException absent) {
            return false;
        }
    }

    /**
     * Runs to a successful end.
     *
     * @throws EmbeddedServerException with the command's own words if it exits with another code than 0
     */
    static void mustSucceed(List<String> command) {
        Result result = run(command);
        if (result.exit() != 0) {
            throw new EmbeddedServerException(String.join(" ", command) + " must succeed; exit " + result.exit() + ": "
                    + result.output().strip());
        }
    }

    private static Result run(List<String> command) {
        try {
            // The output goes through a file: a server that the command leaves running would hold a pipe open.
            Path output = Files.createTempFile("bulwark-command", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                return new Result(await(process, command), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("running " + String.join(" ", command), e);
        }
    }

    private static int await(Process process, List<String> command) {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedServerException(String.join(" ", command) + " must end within " + LIMIT);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private record Result(int exit, String output) {}
}
