package io.bulwark.netting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Reference files, read where they lie beside the checkout; a test that needs an absent one is skipped in one line. */
public final class SharedReference {
    private SharedReference() {}

    /** Text of a reference file, or the test is skipped with one line that says so. */
    public static String read(String relative) {
        Optional<Path> file = root().map(root -> root.resolve(relative)).filter(Files::exists);
        if (file.isEmpty()) {
            System.out.println("skipped: reference data absent (" + relative + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "reference data absent");
        try {
            return Files.readString(file.orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> root() {
        String named = System.getProperty("bulwark.reference");
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared/reference");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
