package io.bulwark.api.verification;

import io.bulwark.api.door.InputFile;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.house.founding.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Circuits that a verifier compiled and found as key records say, beyond those that the release itself knows: a line of 64 hexadecimal digits each.
 *
 * @param file where they are noted
 */
record CompiledCircuits(Path file) {
    private static final long BYTES_MAX = 1 << 20;

    /** The file of the home. */
    static Path ofHome() {
        return Home.ofEnvironment().folder().resolve("compiled");
    }

    /**
     * What is noted; nothing where the file is absent.
     *
     * @throws BadInput if it holds anything else
     */
    List<Digest> known() {
        if (!Files.exists(file)) {
            return List.of();
        }
        return InputFile.text(file, BYTES_MAX).lines().map(this::digest).toList();
    }

    private Digest digest(String line) {
        if (!line.matches("[0-9a-f]{64}")) {
            throw new BadInput("--compiled", file.toString(), "must hold lines of 64 lower-case hexadecimal digits");
        }
        return Digest.parse(line);
    }

    /** Notes one, once. */
    void note(Digest circuit) {
        if (known().contains(circuit)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling(""));
            Files.writeString(file, circuit.hex() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("compiled circuits " + file, e);
        }
    }
}
