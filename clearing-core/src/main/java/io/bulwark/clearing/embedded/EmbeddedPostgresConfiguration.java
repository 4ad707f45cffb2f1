package io.bulwark.clearing.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where PostgreSQL lives.
 *
 * @param directory data, log and password; created if absent, kept between starts
 * @param cache unpacked server binaries by digest of their archive, shared between directories
 * @param startLimit how long one start may take; after a kill the old server's shared memory lingers for a moment, so a start is tried again within this time
 * @param connectionsMax connections that the server admits, 10…1,000
 */
public record EmbeddedPostgresConfiguration(Path directory, Path cache, Duration startLimit, int connectionsMax) {
    /** Checks the bounds; paths become absolute. */
    public EmbeddedPostgresConfiguration {
        directory = directory.toAbsolutePath().normalize();
        cache = cache.toAbsolutePath().normalize();
        if (startLimit.isNegative() || startLimit.isZero()) {
            throw new IllegalArgumentException("startLimit must be > 0; have " + startLimit);
        }
        if (connectionsMax < 10 || connectionsMax > 1_000) {
            throw new IllegalArgumentException("connectionsMax must be in 10…1000; have " + connectionsMax);
        }
    }

    /** The defaults for a data directory: binaries in the user's cache (for root in the machine's, which an unprivileged server can read), 30 s, 100 connections. */
    public static EmbeddedPostgresConfiguration in(Path directory) {
        return new EmbeddedPostgresConfiguration(directory, defaultCache(), Duration.ofSeconds(30), 100);
    }

    private static Path defaultCache() {
        return ServerUser.isRoot()
                ? Path.of("/var/cache/bulwark")
                : Path.of(System.getProperty("user.home"), ".cache", "bulwark");
    }
}
