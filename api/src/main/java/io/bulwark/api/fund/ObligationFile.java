package io.bulwark.api.fund;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.netting.network.NettingCycle.Obligation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Obligations as CSV with the header {@code id,from,to,commodity,units}, in any order of columns; lines that begin with # are comments. */
final class ObligationFile {
    static final long BYTES_MAX = 64L << 20;

    private static final List<String> COLUMNS = List.of("id", "from", "to", "commodity", "units");

    private ObligationFile() {}

    /**
     * Reads it.
     *
     * @param name of the file, for messages
     * @throws BadInput naming line and column
     */
    static List<Obligation> read(String name, String text) {
        List<Obligation> obligations = new ArrayList<>();
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .enable(CsvParser.Feature.TRIM_SPACES)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withComments())
                .readValues(text)) {
            while (rows.hasNextValue()) {
                Map<String, String> row = rows.nextValue();
                obligations.add(obligation(name + ", row " + (obligations.size() + 1), row));
            }
        } catch (JsonProcessingException e) {
            throw new BadInput(
                    name,
                    "",
                    "must be CSV: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return obligations;
    }

    private static Obligation obligation(String where, Map<String, String> row) {
        COLUMNS.forEach(column -> cell(where, row, column));
        String units = cell(where, row, "units");
        if (!units.matches("[1-9][0-9]{0,17}")) {
            throw new BadInput(where + ", units", units, "must be a whole number from 1");
        }
        return BadInput.refusing(
                where,
                cell(where, row, "id"),
                () -> new Obligation(
                        cell(where, row, "id"),
                        cell(where, row, "from"),
                        cell(where, row, "to"),
                        cell(where, row, "commodity"),
                        Long.parseLong(units)));
    }

    private static String cell(String where, Map<String, String> row, String column) {
        String value = row.get(column);
        if (value == null || value.isBlank()) {
            throw new BadInput(where + ", " + column, "", "must be given");
        }
        return value;
    }
}
