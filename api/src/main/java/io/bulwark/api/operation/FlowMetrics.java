package io.bulwark.api.operation;

import io.bulwark.clearing.instrument.ListedVenue;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.register.ProofJobRegister.Backlog;
import io.bulwark.house.House;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.NonNull;

/**
 * What flows through an open house: how old the data of each venue is, what was refused, proof jobs that wait; and how long rounds, epochs
 * and proofs take.
 */
@Singleton
@Requires(beans = House.class)
final class FlowMetrics implements MeterBinder {
    private static final double MILLIS = 1000;

    private final House house;
    private final Glance<Flow> flow;
    private final Map<MeterRegistry, List<MultiGauge>> byVenue = new ConcurrentHashMap<>();

    FlowMetrics(House house) {
        this.house = house;
        this.flow = new Glance<>(this::read);
    }

    private record Flow(long quarantined, Backlog proofs) {}

    /** The venues are those of the latest epoch: a scrape that finds a new one shows it from the next on. */
    private Flow read() {
        house.archive()
                .latest()
                .ifPresent(epoch -> show(epoch.market().listing().venues()));
        return new Flow(house.ledger().quarantined(), house.jobs().backlog());
    }

    private void show(List<ListedVenue> venues) {
        Map<Integer, Long> oldest = house.ledger().acceptedAt(Long.MAX_VALUE).stream()
                .collect(Collectors.toMap(
                        (AcceptedSnapshot snapshot) -> snapshot.account().venue(),
                        AcceptedSnapshot::horizonTimeMillis,
                        Math::min));
        byVenue.values().forEach(gauges -> {
            gauges.getFirst()
                    .register(
                            rows(
                                    venues,
                                    venue -> Optional.ofNullable(oldest.get(venue.number()))
                                            .map(millis -> millis / MILLIS)
                                            .orElse(Double.NaN)),
                            true);
            gauges.getLast().register(rows(venues, venue -> venue.ageMillisMax() / MILLIS), true);
        });
    }

    private static List<MultiGauge.Row<?>> rows(List<ListedVenue> venues, ToDoubleFunction<ListedVenue> value) {
        return venues.stream()
                .<MultiGauge.Row<?>>map(
                        venue -> MultiGauge.Row.of(Tags.of("venue", venue.name()), value.applyAsDouble(venue)))
                .toList();
    }

    @Override
    public void bindTo(@NonNull MeterRegistry registry) {
        FunctionCounter.builder("bulwark.quarantined", flow, f -> f.now().quarantined())
                .description("Payloads that were refused and kept, since the house was founded")
                .register(registry);
        gauge(
                registry,
                "proofs.waiting",
                "Proof jobs that nobody has begun",
                f -> f.proofs().waiting());
        gauge(
                registry,
                "proofs.working",
                "Proof jobs that were begun and have not ended",
                f -> f.proofs().working());
        gauge(
                registry,
                "proofs.dead",
                "Proof jobs that ended without an answer, of all times",
                f -> f.proofs().dead());
        new DiskSpaceMetrics(house.home().folder().toFile()).bindTo(registry);
        byVenue.put(
                registry,
                List.of(
                        MultiGauge.builder("bulwark.venue.data.seconds")
                                .description(
                                        "Horizon of the oldest last snapshot that was accepted of the venue, Unix seconds")
                                .register(registry),
                        MultiGauge.builder("bulwark.venue.data.age.max.seconds")
                                .description("How old data of the venue may be before an account has no margin")
                                .register(registry)));
        if (registry instanceof PrometheusMeterRegistry) {
            // Timers of the house, which knows no registry, are shown by this one.
            Metrics.addRegistry(registry);
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, ToDoubleFunction<Flow> value) {
        Gauge.builder("bulwark." + name, flow, f -> value.applyAsDouble(f.now()))
                .description(description)
                .register(registry);
    }

    @PreDestroy
    void end() {
        byVenue.keySet().stream()
                .filter(PrometheusMeterRegistry.class::isInstance)
                .forEach(Metrics::removeRegistry);
    }
}
