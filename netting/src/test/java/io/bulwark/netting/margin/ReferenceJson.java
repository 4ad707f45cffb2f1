package io.bulwark.netting.margin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bulwark.netting.SharedReference;
import java.io.UncheckedIOException;

/** Reference files as JSON, integers and decimals exact. */
public final class ReferenceJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private ReferenceJson() {}

    /** A reference file, or the test is skipped with one line that says so. */
    public static JsonNode json(String name) {
        try {
            return MAPPER.readTree(SharedReference.read(name));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
