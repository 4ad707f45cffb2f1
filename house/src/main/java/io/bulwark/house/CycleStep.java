package io.bulwark.house;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.time.Duration;

/**
 * A step of the cycle, as whoever watches sees it: how long it took among the metrics, and a span of the trace that it is part of. Neither
 * decides anything; of a failure a span has the kind alone, for what an error says is for the log.
 *
 * @param name of the span
 * @param timer of steps that ended well
 */
record CycleStep(String name, Timer timer) {
    static final CycleStep SURVEY =
            of("survey", "From the first question to the venues to the last answer, or the end of the round");

    static final CycleStep INTAKE = of("intake", "From what was read to the books");

    static final CycleStep SEAL = of("epoch.seal", "From accepted snapshots to a sealed and signed epoch");

    /** What a step does. */
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    private static CycleStep of(String name, String description) {
        return new CycleStep(
                name,
                Timer.builder("bulwark." + name)
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
                        .register(Metrics.globalRegistry));
    }

    /** Takes the step. */
    <T, E extends Exception> T take(Work<T, E> work) throws E {
        Span span = begin(name);
        Timer.Sample begun = Timer.start();
        try (Scope _ = span.makeCurrent()) {
            T done = work.done();
            begun.stop(timer);
            return done;
        } catch (Exception e) {
            span.setStatus(StatusCode.ERROR, e.getClass().getSimpleName());
            throw e;
        } finally {
            span.end();
        }
    }

    /** A round of the cycle, whose parts are the steps that this thread takes until it is closed. */
    @SuppressWarnings("MustBeClosedChecker") // what is returned closes it
    static Scope round() {
        Span round = begin("margin cycle");
        Scope inside = round.makeCurrent();
        return () -> {
            inside.close();
            round.end();
        };
    }

    private static Span begin(String name) {
        return GlobalOpenTelemetry.getOrNoop()
                .getTracer("io.bulwark")
                .spanBuilder(name)
                .startSpan();
    }
}
