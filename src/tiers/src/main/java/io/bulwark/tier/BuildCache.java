package io.bulwark.tier;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where builds keep what costs minutes and is decided by its sources: native libraries and proving keys, each under a name that holds their
 * digest.
 */
public final class BuildCache {
    private BuildCache() {}

    /** The proving keys that tests have made: under {@code BULWARK_BUILD_CACHE}, else where the user's caches are. */
    public static Path keys() {
        return named("BULWARK_BUILD_CACHE")
                .or(() -> named("XDG_CACHE_HOME").map(caches -> caches.resolve("bulwark")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "bulwark"))
                .resolve("keys");
    }

    private static Optional<Path> named(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(Path::of);
    }
}
