package io.bulwark.api.venuemargin;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.netting.venuemargin.SpanParameters;
import io.bulwark.netting.venuemargin.VenueEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A venue's engine as published: parameters with version and source.
 *
 * @param id short name, such as derive-pmrm-2
 * @param version of the parameters
 * @param title for people
 * @param source where the parameters stand
 * @param engine the engine with them
 */
public record PublishedEngine(String id, String version, String title, String source, VenueEngine engine) {
    private static final List<String> FILES =
            List.of("deribit-pm", "derive-pmrm-1", "derive-pmrm-2", "derive-standard", "span-16", "tims-10");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** Every published engine, in a fixed order. */
    public static List<PublishedEngine> all() {
        return FILES.stream().map(PublishedEngine::read).toList();
    }

    /** Parameters of the scan of 16 scenarios. */
    public static SpanParameters spanSixteen() {
        if (read("span-16").engine() instanceof VenueEngine.Span(SpanParameters parameters)) {
            return parameters;
        }
        throw new IllegalStateException("span-16 must be a scan");
    }

    private static PublishedEngine read(String name) {
        try (InputStream file = PublishedEngine.class.getResourceAsStream("/venuemargin/" + name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("the build lacks the parameters " + name);
            }
            JsonNode document = MAPPER.readTree(file);
            return new PublishedEngine(
                    document.required("id").textValue(),
                    document.required("version").textValue(),
                    document.required("title").textValue(),
                    document.required("source").textValue(),
                    MAPPER.treeToValue(
                            document.required("parameters"),
                            engine(document.required("kind").textValue())));
        } catch (IOException e) {
            throw new UncheckedIOException("parameters " + name, e);
        }
    }

    private static Class<? extends VenueEngine> engine(String kind) {
        return switch (kind) {
            case "deribit" -> VenueEngine.Deribit.class;
            case "derivePmrm1" -> VenueEngine.DerivePmrm1.class;
            case "derivePmrm2" -> VenueEngine.DerivePmrm2.class;
            case "deriveStandard" -> VenueEngine.DeriveStandard.class;
            case "span" -> VenueEngine.Span.class;
            default -> throw new IllegalStateException("parameters of an unknown kind " + kind);
        };
    }
}
