package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;

/** The cells of a CSV case by column, and the kind that its columns are. */
public record CsvRow(ReferenceCase asked) {
    /** A file may carry its tolerances without saying so: they are no input. */
    private static final String TOLERANCE = "tol";

    /** A CSV names no kind: its result and its columns are the kind. */
    public static String kind(String result, Collection<String> columns) {
        TreeSet<String> inputs = new TreeSet<>(columns);
        inputs.remove(TOLERANCE);
        return "csv " + result + " of " + String.join(", ", inputs);
    }

    /** The same of columns that are written out. */
    public static String kind(String result, String... columns) {
        return kind(result, List.of(columns));
    }

    /** The result's column with a value; a model's refusal is bad input of this row. */
    public Optional<JsonNode> result(String column, DoubleSupplier value) {
        try {
            return Optional.of(JsonNodeFactory.instance.objectNode().put(column, value.getAsDouble()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadInput(asked.where("row"), "", String.valueOf(e.getMessage()));
        }
    }

    /** {@code type}: C, Call, P or Put. */
    public OptionRight right() {
        return switch (cell("type")) {
            case "C", "Call" -> OptionRight.CALL;
            case "P", "Put" -> OptionRight.PUT;
            default -> throw refused("type", "must be C or P");
        };
    }

    /** A cell as the nearest double. */
    public double number(String column) {
        return CsvCases.number(asked.where(column), cell(column)).doubleValue();
    }

    /** A cell as it is written. */
    public String cell(String column) {
        return asked.inputs().path(column).asText();
    }

    /** The refusal of a cell. */
    public BadInput refused(String column, String rule) {
        return new BadInput(asked.where(column), cell(column), rule);
    }
}
