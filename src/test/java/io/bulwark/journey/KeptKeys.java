package io.bulwark.journey;

import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Proving keys that the house of a journey made, kept in the build's cache by journey and library: the next run over the same library finds
 * them in its home. A key's folder is named by its circuit and the library, so a house never takes one that is not its own.
 */
final class KeptKeys {
    private KeptKeys() {}

    /** Puts the keys of an earlier run into a home that has none yet. */
    static void bring(Path home, String journey) throws IOException {
        Path kept = folder(journey);
        if (Files.isDirectory(kept)) {
            copy(kept, home.resolve("keys"));
        }
    }

    /** Keeps what a house has made, and drops what was made with another library. */
    static void keep(Path home, String journey) throws IOException {
        Path kept = folder(journey);
        Path journeys = kept.resolveSibling("");
        if (Files.isDirectory(journeys)) {
            for (Path old : children(journeys)) {
                delete(old);
            }
        }
        Path growing = journeys.resolve("growing-" + ProcessHandle.current().pid());
        for (Path key : children(home.resolve("keys"))) {
            if (key.getFileName().toString().startsWith("unsafe-")) {
                copy(key, growing.resolve(key.getFileName()));
            }
        }
        if (Files.isDirectory(growing)) {
            Files.move(growing, kept);
        }
    }

    private static Path folder(String journey) {
        Path cache = Optional.ofNullable(System.getenv("BULWARK_BUILD_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "bulwark"));
        return cache.resolve("journeys")
                .resolve(journey)
                .resolve(ProverLibrary.load().build().hex());
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path file : walk.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
