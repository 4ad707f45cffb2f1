package io.bulwark.research;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reference files, where they lie beside the checkout. */
public final class Reference {
    private Reference() {}

    /** A file of the reference folder; empty where there is none. */
    public static Optional<Path> file(String name) {
        Optional<Path> file = Optional.ofNullable(System.getProperty("bulwark.reference"))
                .map(root -> Path.of(root, name))
                .filter(Files::exists);
        for (Path at = Path.of("").toAbsolutePath(); at != null && file.isEmpty(); at = at.getParent()) {
            file = Optional.of(at.resolve("shared/reference").resolve(name)).filter(Files::exists);
        }
        return file;
    }
}
