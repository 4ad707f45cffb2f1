package io.bulwark.api.http;

import io.micronaut.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes into the description what the door does with every operation of a kind, so that no operation says it again. */
final class DescribedHeaders {
    private static final String TAG = "\"[0-9a-f]{64}\"";

    private DescribedHeaders() {}

    /** What is read has a tag, and whoever has it already is told so; streams have none. */
    @SuppressWarnings("unchecked") // a mapping of a description has texts as keys
    static void say(String method, Map<String, Object> operation) {
        Map<String, Object> responses = (Map<String, Object>) Objects.requireNonNull(operation.get("responses"));
        if (!method.equals("get")
                || !(responses.get("200") instanceof Map<?, ?> success)
                || String.valueOf(success.get("content")).contains("text/event-stream")) {
            return;
        }
        Map<String, Object> answered = (Map<String, Object>) success;
        ((Map<String, Object>) answered.computeIfAbsent("headers", none -> new LinkedHashMap<>()))
                .put(HttpHeaders.ETAG, tag());
        Map<String, Object> same = described("The answer would have been the one whose tag If-None-Match names");
        same.put("headers", Map.of(HttpHeaders.ETAG, tag()));
        responses.put("304", same);
        parameter(
                operation,
                HttpHeaders.IF_NONE_MATCH,
                "ETags of answers that the caller has: for one of them 304 is answered, without the answer",
                text("^\\s*(\\*|(W/)?" + TAG + "(\\s*,\\s*(W/)?" + TAG + ")*)\\s*$"));
    }

    /** A new one each time: what stands twice in a document would be written once and referred to. */
    private static Map<String, Object> tag() {
        Map<String, Object> tag = described("The SHA-256 of the answer's bytes, quoted");
        tag.put("schema", text("^" + TAG + "$"));
        return tag;
    }

    private static Map<String, Object> described(String words) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("description", words);
        return said;
    }

    private static Map<String, Object> text(String pattern) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("type", "string");
        said.put("pattern", pattern);
        return said;
    }

    @SuppressWarnings("unchecked") // parameters of a description are mappings
    private static void parameter(
            Map<String, Object> operation, String name, String description, Map<String, Object> schema) {
        List<Object> parameters = new ArrayList<>((List<Object>) operation.getOrDefault("parameters", List.of()));
        Map<String, Object> said = described(description);
        said.put("name", name);
        said.put("in", "header");
        said.put("schema", schema);
        parameters.add(said);
        operation.put("parameters", parameters);
    }
}
