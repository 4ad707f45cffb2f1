package io.bulwark.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The reference data beside the checkout, or where {@code bulwark.reference} says. */
public final class ReferenceFolder {
    private ReferenceFolder() {}

    /** A file of it; where there is none, the test says so and is skipped. */
    public static Path file(String name) {
        Optional<Path> file = root().map(root -> root.resolve(name)).filter(Files::exists);
        if (file.isEmpty()) {
            System.out.println("skipped: reference data absent (" + name + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "reference data absent");
        return file.orElseThrow();
    }

    private static Optional<Path> root() {
        String named = System.getProperty("bulwark.reference");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolve("shared/reference");
            if (Files.isDirectory(beside)) {
                return Optional.of(beside);
            }
        }
        return Optional.empty();
    }
}
