package io.bulwark.conformance;

import io.bulwark.clearing.document.BadInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A series that a reference file names: comma-separated, comments begin with #, a header line. */
public final class ReferenceSeries {
    private ReferenceSeries() {}

    /**
     * One column by its name, or the last one.
     *
     * @throws BadInput if the file cannot be read, has no such column, or a row is no row of numbers under its header
     */
    public static double[] column(Path file, Optional<String> name) {
        List<List<String>> rows = JsonDocument.text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> Stream.of(line.split(",", -1)).map(String::strip).toList())
                .toList();
        List<String> header = rows.isEmpty() ? List.of() : rows.getFirst();
        int column = name.map(header::indexOf).orElse(header.size() - 1);
        if (column < 0) {
            throw new BadInput(file.toString(), String.join(",", header), "must have a column " + name.orElse(""));
        }
        return rows.stream()
                .skip(1)
                .mapToDouble(row -> number(file, header, row, column))
                .toArray();
    }

    private static double number(Path file, List<String> header, List<String> row, int column) {
        if (row.size() != header.size()) {
            throw new BadInput(
                    file.toString(), String.join(",", row), "must have " + header.size() + " cells, as its header");
        }
        return CsvCases.number(file.toString(), row.get(column)).doubleValue();
    }
}
