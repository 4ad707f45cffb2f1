package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Computed against expected. Only fields that the file expects are compared; below the first level an object must have exactly the expected fields. */
final class Comparison {
    private final BigDecimal tolerance;
    private final boolean absolute;
    private final List<String> differences = new ArrayList<>();

    private Comparison(ReferenceCase referenceCase) {
        this.tolerance = referenceCase.tolerance();
        this.absolute = referenceCase.absolute();
    }

    /** What differs, one sentence each; empty if all agrees. */
    static List<String> differences(ReferenceCase referenceCase, JsonNode computed, JsonNode expected) {
        Comparison comparison = new Comparison(referenceCase);
        if (expected.isObject() && computed.isObject()) {
            expected.properties().forEach(e -> comparison.compare(e.getKey(), computed.path(e.getKey()), e.getValue()));
        } else {
            comparison.compare("result", computed, expected);
        }
        return comparison.differences;
    }

    private void compare(String path, JsonNode computed, JsonNode expected) {
        if (computed.isObject() && expected.isObject()) {
            compareObjects(path, computed, expected);
        } else if (computed.isArray() && expected.isArray() && computed.size() == expected.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(path + "[" + i + "]", computed.get(i), expected.get(i));
            }
        } else if (!equal(computed, expected)) {
            String shown = computed.isMissingNode() ? "nothing" : computed.toString();
            differences.add(path + ": computed " + shown + ", expected " + expected);
        }
    }

    private void compareObjects(String path, JsonNode computed, JsonNode expected) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            compare(path + "." + field.getKey(), computed.path(field.getKey()), field.getValue());
        }
        for (Map.Entry<String, JsonNode> field : computed.properties()) {
            if (!expected.has(field.getKey())) {
                differences.add(path + "." + field.getKey() + ": computed " + field.getValue() + ", expected nothing");
            }
        }
    }

    private boolean equal(JsonNode computed, JsonNode expected) {
        if (!computed.isNumber() || !expected.isNumber()) {
            return computed.equals(expected);
        }
        if (computed.isIntegralNumber() && expected.isIntegralNumber()) {
            return computed.bigIntegerValue().equals(expected.bigIntegerValue());
        }
        BigDecimal wanted = expected.decimalValue();
        BigDecimal scale = absolute ? BigDecimal.ONE : wanted.abs().max(BigDecimal.ONE);
        BigDecimal gap = computed.decimalValue().subtract(wanted).abs();
        return gap.compareTo(tolerance.multiply(scale)) <= 0;
    }
}
