package io.bulwark.house;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How long the steps of the cycle take: shown by whoever serves metrics; they decide nothing. */
final class CycleTimes {
    static final Timer SURVEYED =
            timer("survey", "From the first question to the venues to the last answer, or the end of the round");

    static final Timer TAKEN_IN = timer("intake", "From what was read to the books");

    static final Timer SEALED = timer("epoch.seal", "From accepted snapshots to a sealed and signed epoch");

    private CycleTimes() {}

    private static Timer timer(String name, String description) {
        return Timer.builder("bulwark." + name)
                .description(description)
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(2))
                .register(Metrics.globalRegistry);
    }
}
