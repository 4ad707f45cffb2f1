package io.bulwark.clearing.event;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a record is part of, in its header as the W3C writes it ({@code traceparent}): who looks at the cycle follows it through
 * the broker. It is no part of what a record says, decides nothing, and is not there where nobody collects traces.
 */
final class RecordTrace {
    private static final TextMapGetter<Headers> READ = new TextMapGetter<>() {
        // Still to be said, though who follows the W3C's header asks for its name alone.
        @Override
        @SuppressWarnings("deprecation")
        public Iterable<String> keys(Headers headers) {
            return Arrays.stream(headers.toArray()).map(Header::key).toList();
        }

        @Override
        public @Nullable String get(@Nullable Headers headers, String key) {
            Header last = headers == null ? null : headers.lastHeader(key);
            return last == null || last.value() == null ? null : new String(last.value(), StandardCharsets.UTF_8);
        }
    };

    private RecordTrace() {}

    /** Writes the step that is under way into a record that is to be sent. */
    static void write(Headers headers) {
        propagator()
                .inject(
                        Context.current(),
                        headers,
                        (record, key, value) -> record.add(key, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes a record as a step of whoever sent it. */
    static <T> T taking(ConsumerRecord<byte[], byte[]> record, Supplier<T> work) {
        Span span = GlobalOpenTelemetry.getOrNoop()
                .getTracer("io.bulwark")
                .spanBuilder("take in a record")
                .setParent(propagator().extract(Context.current(), record.headers(), READ))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.destination.name", record.topic())
                .setAttribute("messaging.kafka.offset", record.offset())
                .startSpan();
        try (Scope _ = span.makeCurrent()) {
            return work.get();
        } finally {
            span.end();
        }
    }

    private static TextMapPropagator propagator() {
        return GlobalOpenTelemetry.getOrNoop().getPropagators().getTextMapPropagator();
    }
}
