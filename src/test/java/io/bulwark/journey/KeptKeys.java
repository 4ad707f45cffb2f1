package io.bulwark.journey;

import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.tier.BuildCache;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Proving keys that the houses of journeys made, kept in the build's cache beside those of the other tests: each circuit's are made once per library, by the first
 * house that proves it. A key's folder is named by its circuit and the library, so a house never takes one that is not its own.
 */
final class KeptKeys {
    private static final String MADE_HERE = "unsafe-";

    /** How many digits of the library's digest stand in a key's name. */
    private static final int LIBRARY_DIGITS = 16;

    /** Another library's keys may be in use by another checkout; after this they are not. */
    private static final Duration OLD = Duration.ofDays(2);

    private KeptKeys() {}

    /** Puts the keys of a kind of circuit that earlier houses made into a home that has none yet. */
    static void bring(Path home, String circuit) throws IOException {
        for (Path key : children(BuildCache.keys())) {
            String name = key.getFileName().toString();
            if (name.startsWith(MADE_HERE + circuit + "-") && name.endsWith(library())) {
                copy(key, home.resolve("keys").resolve(name));
            }
        }
    }

    /** Keeps what a house has made, and drops what was made with another library long ago. */
    static void keep(Path home) throws IOException {
        for (Path key : children(BuildCache.keys())) {
            String name = key.getFileName().toString();
            if (!name.endsWith(library())
                    && Files.getLastModifiedTime(key)
                            .toInstant()
                            .isBefore(Instant.now().minus(OLD))) {
                delete(key);
            }
        }
        for (Path key : children(home.resolve("keys"))) {
            Path kept = BuildCache.keys().resolve(key.getFileName().toString());
            if (kept.getFileName().toString().startsWith(MADE_HERE) && !Files.isDirectory(kept)) {
                Path growing = BuildCache.keys()
                        .resolve("growing-" + ProcessHandle.current().pid());
                copy(key, growing);
                move(growing, kept);
            }
        }
    }

    /** Whoever comes second finds the same circuit's keys there and drops its own. */
    private static void move(Path growing, Path kept) throws IOException {
        try {
            Files.move(growing, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(kept)) {
                throw e;
            }
            delete(growing);
        }
    }

    private static String library() {
        return ProverLibrary.load().build().hex().substring(0, LIBRARY_DIGITS);
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (Path file : children(from)) {
            Files.copy(file, to.resolve(file.getFileName().toString()));
        }
    }

    private static void delete(Path folder) throws IOException {
        for (Path file : children(folder)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
