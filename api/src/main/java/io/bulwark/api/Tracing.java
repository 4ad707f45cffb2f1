package io.bulwark.api;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Map;

/**
 * Traces of the cycle, for a collector that OpenTelemetry's own environment variables name. Without {@value #COLLECTOR} nothing is made and
 * nothing is sent.
 */
final class Tracing {
    /** Where the collector is. */
    static final String COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static final Map<String, String> UNLESS_SAID = Map.of(
            "otel.service.name", "bulwark",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private Tracing() {}

    /**
     * Begins, before anything is traced.
     *
     * @throws ConfigurationException if what the environment says cannot be understood
     */
    static void begin() {
        if (System.getenv(COLLECTOR) != null) {
            AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> UNLESS_SAID)
                    .setResultAsGlobal()
                    .build();
        }
    }
}
