package io.bulwark.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bulwark.clearing.document.BadInput;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The cases of a CSV reference file: one a data row; the line {@code # result: COLUMN; not compared: …; tolerance: T (absolute)} names what is computed. */
public final class CsvCases {
    private static final String RESULT = "# result:";

    private final Path file;
    private final List<String> header;
    private final String result;
    private final String tolerance;
    private final Set<String> notCompared;

    private CsvCases(Path file, List<String> header, Map<String, String> rules) {
        this.file = file;
        this.header = header;
        this.result = rules.getOrDefault("result", "");
        this.tolerance =
                rules.getOrDefault("tolerance", "0").replace("(absolute)", "").strip();
        this.notCompared = new HashSet<>(cells(rules.getOrDefault("not compared", "")));
        requireHeader();
    }

    static List<ReferenceCase> read(Path file) {
        List<String> lines = JsonDocument.text(file).lines().toList();
        Map<String, String> rules = lines.stream()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .map(CsvCases::rules)
                .orElseThrow(() -> new BadInput(
                        file.toString(),
                        "",
                        "is data, not cases: no line \"# result: COLUMN; …\" says what is computed"));
        List<String> rows = lines.stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        if (rows.isEmpty()) {
            throw new BadInput(file.toString(), "", "has no header line");
        }
        CsvCases csv = new CsvCases(file, cells(rows.getFirst()), rules);
        List<ReferenceCase> cases = new ArrayList<>();
        rows.stream().skip(1).forEach(row -> cases.add(csv.referenceCase(cells(row), cases.size() + 1)));
        return cases;
    }

    /** File name without its ending. */
    static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Map<String, String> rules(String line) {
        return Arrays.stream(line.substring(1).split(";"))
                .filter(rule -> rule.contains(":"))
                .collect(Collectors.toMap(
                        rule -> rule.substring(0, rule.indexOf(':')).strip(),
                        rule -> rule.substring(rule.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }

    private void requireHeader() {
        if (result.isEmpty()) {
            throw new BadInput(file.toString(), "", "the line \"# result:\" must name a column");
        }
        if (new LinkedHashSet<>(header).size() != header.size()) {
            throw new BadInput(file.toString(), String.join(",", header), "columns must have different names");
        }
        toleranceColumn().ifPresent(column -> {
            if (!header.contains(column)) {
                throw new BadInput(file.toString(), column, "the tolerance names a column that is missing");
            }
        });
    }

    private Optional<String> toleranceColumn() {
        return tolerance.startsWith("column ")
                ? Optional.of(tolerance.substring("column ".length()).strip())
                : Optional.empty();
    }

    private ReferenceCase referenceCase(List<String> row, int number) {
        String where = file.getFileName() + ", data row " + number;
        if (row.size() != header.size()) {
            throw new BadInput(where, row.size() + " cells", "must have " + header.size());
        }
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        ObjectNode expected = JsonNodeFactory.instance.objectNode();
        BigDecimal allowed = toleranceColumn().isPresent() ? BigDecimal.ZERO : number(where + ", tolerance", tolerance);
        for (int i = 0; i < row.size(); i++) {
            String column = header.get(i);
            if (toleranceColumn().filter(column::equals).isPresent()) {
                allowed = number(where + ", " + column, row.get(i));
            } else if (column.equals(result)) {
                put(expected, where, column, row.get(i));
            } else if (!notCompared.contains(column)) {
                inputs.put(column, row.get(i));
            }
        }
        JsonNode id = TextNode.valueOf(stem(file) + ":" + number);
        Optional<JsonNode> wanted = expected.isEmpty() ? Optional.empty() : Optional.of(expected);
        return new ReferenceCase(id, kind(inputs), inputs, wanted, allowed, true, file, Optional.empty());
    }

    private static void put(ObjectNode expected, String where, String column, String cell) {
        if (!cell.isEmpty()) {
            expected.put(column, number(where + ", " + column, cell));
        }
    }

    private String kind(ObjectNode inputs) {
        return CsvRow.kind(
                result, inputs.properties().stream().map(Map.Entry::getKey).toList());
    }

    /** A decimal cell, exact as written; {@code where} names it in a refusal. */
    public static BigDecimal number(String where, String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new BadInput(where, "\"" + text + "\"", "must be a number");
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
    }
}
