package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bulwark.clearing.document.BadInput;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cases of a JSON reference file: {@code {about, tolerance?, cases: [{id, kind?, inputs…, expected}]}}. */
final class JsonCases {
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?[eE]-?\\d+|0\\.\\d+");

    private JsonCases() {}

    static List<ReferenceCase> read(Path file) {
        JsonNode document = JsonDocument.read(file);
        if (!document.isObject() || !document.path("cases").isArray()) {
            throw new BadInput(file.toString(), "", "holds no cases: a field cases with an array is missing");
        }
        List<ReferenceCase> cases = new ArrayList<>();
        for (JsonNode node : document.get("cases")) {
            cases.add(referenceCase(file, document, node, cases.size() + 1));
        }
        return cases;
    }

    private static ReferenceCase referenceCase(Path file, JsonNode document, JsonNode node, int number) {
        CaseFields fields = CaseFields.of(file.getFileName() + ", case " + number, node);
        ObjectNode inputs = node.deepCopy();
        inputs.remove("expected");
        return new ReferenceCase(
                id(fields, CsvCases.stem(file) + ":" + number),
                kind(fields, document, CsvCases.stem(file)),
                inputs,
                fields.optional("expected"),
                tolerance(fields, document),
                false,
                file,
                table(fields, document));
    }

    private static JsonNode id(CaseFields fields, String otherwise) {
        JsonNode id =
                fields.optional("id").or(() -> fields.optional("name")).orElseGet(() -> TextNode.valueOf(otherwise));
        if (!id.isTextual() && !id.isNumber()) {
            throw CaseFields.refusal(fields.at("id"), id, "must be a text or a number");
        }
        return id;
    }

    /** A file whose cases name no kind is one kind, named by the file. */
    private static String kind(CaseFields fields, JsonNode document, String stem) {
        if (fields.has("kind")) {
            return fields.text("kind");
        }
        return document.path("kind").asText(stem);
    }

    private static Optional<String> table(CaseFields fields, JsonNode document) {
        JsonNode table = fields.optional("table").orElse(document.path("table"));
        return table.isTextual() ? Optional.of(table.textValue()) : Optional.empty();
    }

    private static BigDecimal tolerance(CaseFields fields, JsonNode document) {
        JsonNode tolerance = fields.optional("tolerance").orElse(document.path("tolerance"));
        BigDecimal value = tolerance.isNumber() ? tolerance.decimalValue() : compareRule(document);
        if (value.signum() < 0) {
            throw CaseFields.refusal(fields.at("tolerance"), tolerance, "must be >= 0");
        }
        return value;
    }

    /** The number in about.compare, as "floats 1e-9"; exact where it names none. */
    private static BigDecimal compareRule(JsonNode document) {
        Matcher number = NUMBER.matcher(document.path("about").path("compare").asText(""));
        return number.find() ? new BigDecimal(number.group()) : BigDecimal.ZERO;
    }
}
