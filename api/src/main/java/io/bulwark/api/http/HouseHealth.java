package io.bulwark.api.http;

import io.bulwark.house.House;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;

/** Whether the servers behind the house answer. The API is up only where both do. */
@Factory
@Requires(beans = House.class)
final class HouseHealth {
    private final House house;
    private final ExecutorService blocking;

    HouseHealth(House house, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.house = house;
        this.blocking = blocking;
    }

    @Singleton
    @Named("postgresql")
    HealthIndicator postgresql() {
        return indicator("postgresql", house::databaseAnswers);
    }

    @Singleton
    @Named("kafka")
    HealthIndicator kafka() {
        return indicator("kafka", house::brokerAnswers);
    }

    private HealthIndicator indicator(String name, BooleanSupplier answers) {
        return () -> new AsyncSingleResultPublisher<>(
                blocking,
                () -> HealthResult.builder(name, answers.getAsBoolean() ? HealthStatus.UP : HealthStatus.DOWN)
                        .build());
    }
}
