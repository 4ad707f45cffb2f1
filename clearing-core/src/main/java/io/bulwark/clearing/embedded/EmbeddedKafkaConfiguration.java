package io.bulwark.clearing.embedded;

import java.nio.file.Path;

/**
 * Where Kafka lives.
 *
 * @param directory log segments and metadata; created if absent, kept between starts
 * @param sessionMillis how long the controller waits for a broker that has gone silent, 500…60,000; short, because after a kill the restart waits this long
 */
public record EmbeddedKafkaConfiguration(Path directory, int sessionMillis) {
    /** Checks the bounds; the path becomes absolute. */
    public EmbeddedKafkaConfiguration {
        directory = directory.toAbsolutePath().normalize();
        if (sessionMillis < 500 || sessionMillis > 60_000) {
            throw new IllegalArgumentException("sessionMillis must be in 500…60000; have " + sessionMillis);
        }
    }

    /** The defaults for a directory: a session of 3 s. */
    public static EmbeddedKafkaConfiguration in(Path directory) {
        return new EmbeddedKafkaConfiguration(directory, 3_000);
    }
}
