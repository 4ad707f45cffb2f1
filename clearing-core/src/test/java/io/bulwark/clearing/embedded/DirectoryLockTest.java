package io.bulwark.clearing.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {
    @TempDir
    Path directory;

    @Test
    void shouldStayHeldWhenTheSameProcessTriesAgain() throws Exception {
        try (DirectoryLock lock = DirectoryLock.acquire(directory)) {
            assertTrue(DirectoryLock.tryAcquire(directory).isEmpty(), lock::toString);
            assertEquals("held", askAnotherProcess());
        }
        assertEquals("free", askAnotherProcess());
        DirectoryLock.acquire(directory).close();
    }

    private String askAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        AnotherProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Says whether the directory is free. */
    static final class AnotherProcess {
        private AnotherProcess() {}

        public static void main(String[] arguments) {
            System.out.print(DirectoryLock.tryAcquire(Path.of(arguments[0])).isPresent() ? "free" : "held");
        }
    }
}
