package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One case of a reference file.
 *
 * @param id as the file prints it: a text or a number
 * @param kind what is to be computed
 * @param inputs the fields of the case; the expectation is not among them
 * @param expected what the file expects; empty if it says nothing
 * @param tolerance absolute up to 1 and relative above, unless {@code absolute}; integers are exact everywhere
 * @param absolute whether the tolerance is absolute at any size
 * @param file where the case stands
 * @param table name of the table that the case or its file names, to be looked for beside the file
 */
public record ReferenceCase(
        JsonNode id,
        String kind,
        JsonNode inputs,
        Optional<JsonNode> expected,
        BigDecimal tolerance,
        boolean absolute,
        Path file,
        Optional<String> table) {

    /** This case with only those expected fields that decide. */
    ReferenceCase comparing(Predicate<String> field) {
        return new ReferenceCase(
                id, kind, inputs, expected.map(all -> kept(all, field)), tolerance, absolute, file, table);
    }

    private static JsonNode kept(JsonNode expected, Predicate<String> field) {
        return expected instanceof ObjectNode object
                ? object.deepCopy()
                        .retain(object.properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(field)
                                .toList())
                : expected;
    }

    /** The id as text. */
    public String name() {
        return id.asText();
    }

    /** Where a fault stands, for a refusal. */
    public String where(String field) {
        return file.getFileName() + ", case " + name() + ", " + field;
    }
}
