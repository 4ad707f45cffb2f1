package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector of traces (OTLP over HTTP), to which a house sends what its operator wants to see. */
final class Collector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<ByteString, Span> spans = new ConcurrentHashMap<>();
    private final HttpServer server;

    Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** What a house must be started with so that it sends its traces here. */
    Map<String, String> environment() {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "500");
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (exchange;
                InputStream body =
                        packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            ExportTraceServiceRequest.parseFrom(body)
                    .getResourceSpansList()
                    .forEach(resource -> resource.getScopeSpansList()
                            .forEach(scope -> scope.getSpansList().forEach(span -> spans.put(span.getSpanId(), span))));
            exchange.sendResponseHeaders(200, -1);
        } catch (RuntimeException | LinkageError e) {
            e.printStackTrace();
            throw e;
        }
    }

    /** One cycle is one trace, by way of the broker and the prover; a proof that was asked for is another. Of accounts nothing is in it. */
    void assertCycle(int venues) throws InterruptedException {
        Span cycle = await("margin cycle");
        Map<String, List<Span>> steps = spans.values().stream()
                .filter(span -> span.getTraceId().equals(cycle.getTraceId()))
                .collect(Collectors.groupingBy(Span::getName));
        for (String step : List.of("survey", "intake", "epoch.seal")) {
            assertEquals(cycle.getSpanId(), only(steps, step).getParentSpanId(), step);
        }
        Span survey = only(steps, "survey");
        List<Span> read = named(steps, name -> name.startsWith("read "));
        assertEquals(venues, read.size());
        assertEquals(Set.of(survey.getSpanId()), parents(read));
        assertEquals(Set.of(only(steps, "intake").getSpanId()), parents(steps.get("take in a record")));
        assertTrue(
                parents(named(steps, name -> name.startsWith("prover ")))
                        .contains(only(steps, "epoch.seal").getSpanId()),
                steps.keySet().toString());
        Span proof = await("proof");
        assertTrue(
                spans.values().stream().anyMatch(span -> span.getParentSpanId().equals(proof.getSpanId())),
                "the prover's part of a job");
        assertEquals(-1, spans.values().toString().indexOf("BOREALIS"), "no account is named");
    }

    private Span await(String name) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (Span span : spans.values()) {
                if (span.getName().equals(name)) {
                    return span;
                }
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no span is called " + name);
    }

    private static Span only(Map<String, List<Span>> steps, String name) {
        assertEquals(1, steps.getOrDefault(name, List.of()).size(), name + " of " + steps.keySet());
        return steps.get(name).getFirst();
    }

    private static List<Span> named(Map<String, List<Span>> steps, Function<String, Boolean> wanted) {
        return steps.entrySet().stream()
                .filter(entry -> wanted.apply(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    private static Set<ByteString> parents(List<Span> spans) {
        return spans.stream().map(Span::getParentSpanId).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
