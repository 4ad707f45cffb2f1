package io.bulwark.api.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where the house keeps its data: {@code BULWARK_HOME}, else {@code .bulwark} in the working directory. */
final class Home {
    private Home() {}

    static Path path() {
        return Path.of(Optional.ofNullable(System.getenv("BULWARK_HOME")).orElse(".bulwark"))
                .toAbsolutePath();
    }
}
