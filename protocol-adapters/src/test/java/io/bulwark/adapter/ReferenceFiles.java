package io.bulwark.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Payloads of other people's repositories, read where they lie beside the checkout; a test that needs one is skipped where they are absent. */
public final class ReferenceFiles {
    private ReferenceFiles() {}

    /** A file below {@code shared/reference/venues}. */
    public static byte[] bytes(String name) {
        Optional<Path> file =
                directory().map(d -> d.resolve("venues").resolve(name)).filter(Files::exists);
        if (file.isEmpty()) {
            System.out.println("skipped: reference data absent (venues/" + name + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "reference data absent");
        try {
            return Files.readAllBytes(file.orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder below {@code shared/reference}. */
    public static Path folder(String name) {
        Optional<Path> folder = directory().map(d -> d.resolve(name)).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            System.out.println("skipped: reference data absent (" + name + ")");
        }
        Assumptions.assumeTrue(folder.isPresent(), "reference data absent");
        return folder.orElseThrow();
    }

    /** A JSON file. */
    public static JsonNode json(String name) {
        return JsonText.tree("reference", name, bytes(name));
    }

    /** The lines of a text file. */
    public static List<String> lines(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8).lines().toList();
    }

    /** A node as a venue would send it. */
    public static byte[] sent(JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Path> directory() {
        String configured = System.getProperty("bulwark.reference");
        if (configured != null) {
            return Optional.of(Path.of(configured));
        }
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path reference = at.resolve("shared/reference");
            if (Files.isDirectory(reference)) {
                return Optional.of(reference);
            }
            at = at.getParent();
        }
        return Optional.empty();
    }
}
