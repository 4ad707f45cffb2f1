package io.bulwark.api.conformance;

import io.bulwark.clearing.document.BadInput;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A series that a reference file names: comma-separated, comments begin with #, a header line. */
final class SeriesFile {
    private SeriesFile() {}

    /** One column by its name, or the last one. */
    static double[] column(Path file, Optional<String> name) {
        List<String> lines = JsonDocument.text(file)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        List<String> header =
                lines.isEmpty() ? List.of() : Arrays.asList(lines.getFirst().split(",", -1));
        int column = name.map(header::indexOf).orElse(header.size() - 1);
        if (column < 0) {
            throw new BadInput(file.toString(), String.join(",", header), "must have the column " + name.orElse(""));
        }
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> CsvCases.number(file.toString(), line.split(",", -1)[column])
                        .doubleValue())
                .toArray();
    }
}
