package io.bulwark.api.operation;

import io.bulwark.house.House;
import io.bulwark.prover.binding.FieldElement;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Whether what stands behind the house answers, part by part: it is ready only where the servers do, and no less alive where one does not.
 * However often it is asked, a part is asked once a second.
 */
@Factory
@Requires(beans = House.class)
final class HouseHealth {
    private static final Duration KNOWN = Duration.ofSeconds(1);

    private final House house;
    private final ExecutorService blocking;

    HouseHealth(House house, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.house = house;
        this.blocking = blocking;
    }

    @Singleton
    @Readiness
    @Named("postgresql")
    HealthIndicator postgresql() {
        return indicator("postgresql", house::databaseTrouble);
    }

    @Singleton
    @Readiness
    @Named("kafka")
    HealthIndicator kafka() {
        return indicator("kafka", () -> house.brokerAnswers() ? Optional.empty() : Optional.of("away"));
    }

    @Singleton
    @Named("prover")
    HealthIndicator prover() {
        return indicator("prover", this::proverTrouble);
    }

    private Optional<String> proverTrouble() {
        try {
            house.library().node(FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO, FieldElement.ZERO);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("away");
        }
    }

    private HealthIndicator indicator(String name, Supplier<Optional<String>> trouble) {
        Asked asked = new Asked(trouble);
        return () -> new AsyncSingleResultPublisher<>(blocking, () -> result(name, asked.trouble()));
    }

    private static HealthResult result(String name, Optional<String> trouble) {
        HealthResult.Builder result =
                HealthResult.builder(name, trouble.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN);
        trouble.ifPresent(why -> result.details(Map.of("why", why)));
        return result.build();
    }

    /** What a part answered last. */
    private static final class Asked {
        private final Supplier<Optional<String>> trouble;
        private Optional<String> said = Optional.empty();
        private long until = System.nanoTime();

        Asked(Supplier<Optional<String>> trouble) {
            this.trouble = trouble;
        }

        synchronized Optional<String> trouble() {
            if (System.nanoTime() - until >= 0) {
                said = trouble.get();
                until = System.nanoTime() + KNOWN.toNanos();
            }
            return said;
        }
    }
}
