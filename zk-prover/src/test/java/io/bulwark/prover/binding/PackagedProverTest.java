package io.bulwark.prover.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was killed leaves its prover unpacked; the next start takes it away, and nothing of anybody who lives. */
class PackagedProverTest {
    @Test
    void shouldTakeAwayWhatKilledProcessesLeft(@TempDir Path folder) throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        unpacked(folder, "bulwark-prover-of-" + dead.pid() + "-1");
        unpacked(folder, "bulwark-prover-of-" + ProcessHandle.current().pid() + "-2");
        unpacked(folder, "bulwark-prover-of-nobody-3");
        Files.createSymbolicLink(folder.resolve("bulwark-prover-of-" + dead.pid() + "-4"), folder);
        PackagedProver.sweep(folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    Set.of(
                            "bulwark-prover-of-" + ProcessHandle.current().pid() + "-2",
                            "bulwark-prover-of-nobody-3",
                            "bulwark-prover-of-" + dead.pid() + "-4"),
                    left.map(path -> path.getFileName().toString()).collect(Collectors.toSet()));
        }
    }

    private static void unpacked(Path folder, String name) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("bulwark-prover"), "a prover");
    }
}
