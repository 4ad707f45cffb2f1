package io.bulwark.api.riskarray;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Risk arrays as comma-separated values: a comment line with the table's digest, a header, one line per array. */
final class RiskArrayCsv {
    private static final CsvMapper MAPPER = new CsvMapper();

    private RiskArrayCsv() {}

    /** Writes the arrays; the writer stays open. */
    public static void write(RiskArrays arrays, Writer out) {
        try {
            out.write("# risk arrays " + arrays.array() + " of table " + arrays.table()
                    + "; profit and loss of one long lot, 0.0001 USD\n");
            CsvSchema.Builder columns = CsvSchema.builder();
            List.of("number", "id", "group", "side", "value").forEach(columns::addColumn);
            arrays.scenarios().forEach(scenario -> columns.addColumn("r" + scenario.number()));
            CsvSchema schema = columns.build().withHeader();
            try (SequenceWriter lines = MAPPER.writer(schema)
                    .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .writeValues(out)) {
                for (RiskArrays.Row row : arrays.rows()) {
                    lines.write(line(row));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Object> line(RiskArrays.Row row) {
        List<Object> cells = new ArrayList<>(List.of(row.number(), row.id(), row.group(), row.side(), row.value()));
        cells.addAll(row.profits());
        return cells;
    }
}
