package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;

/** One case as text: its main figures computed against expected, or every difference. */
final class ResultText {
    private ResultText() {}

    static String of(CaseResult result) {
        ReferenceCase asked = result.referenceCase();
        String name = printable(asked.name());
        return switch (result.status()) {
            case AGREES ->
                "agrees       " + name + ": " + figures(result, asked.expected().orElseThrow()) + "\n";
            case COMPUTED -> "computed     " + name + ": " + figures(result) + "\n";
            case UNSUPPORTED -> "not known    " + name + ": kind \"" + printable(asked.kind()) + "\"\n";
            case DIFFERS ->
                "DIFFERS      " + name + "\n"
                        + result.differences().stream()
                                .map(difference -> "               " + printable(difference) + "\n")
                                .collect(Collectors.joining());
        };
    }

    private static String figures(CaseResult result, JsonNode expected) {
        JsonNode computed = result.computed().orElseThrow();
        return expected.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .map(field -> field.getKey() + " " + computed.path(field.getKey()) + " = " + field.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String figures(CaseResult result) {
        return result.computed().orElseThrow().properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .map((Map.Entry<String, JsonNode> field) -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }

    /** A file's words must not forge a line of the report or move the cursor. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
