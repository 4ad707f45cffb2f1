package io.bulwark.api.fund;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A disclosure as a file: one row a field, every row with the epoch and the seal that it rests on; fields that are not stated follow with their reason. */
final class DisclosureFile {
    private static final List<String> COLUMNS =
            List.of("field", "name", "value", "unit", "scenario", "epoch", "time", "seal");

    private DisclosureFile() {}

    /** As CSV with a header, UTF-8. */
    public static byte[] csv(Disclosures disclosures) {
        CsvSchema.Builder schema = CsvSchema.builder();
        COLUMNS.forEach(schema::addColumn);
        try {
            return new CsvMapper().writer(schema.build().withHeader()).writeValueAsBytes(rows(disclosures));
        } catch (IOException e) {
            throw new UncheckedIOException("disclosures of epoch " + disclosures.epoch(), e);
        }
    }

    /** As a workbook of one sheet. Values are texts, as exact as they are stated. */
    public static byte[] xlsx(Disclosures disclosures) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Bulwark", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("epoch " + disclosures.epoch());
            write(sheet, 0, COLUMNS);
            sheet.range(0, 0, 0, COLUMNS.size() - 1).style().bold().set();
            List<List<String>> rows = rows(disclosures);
            for (int row = 0; row < rows.size(); row++) {
                write(sheet, row + 1, rows.get(row));
            }
            sheet.freezePane(0, 1);
        } catch (IOException e) {
            throw new UncheckedIOException("disclosures of epoch " + disclosures.epoch(), e);
        }
        return bytes.toByteArray();
    }

    private static void write(Worksheet sheet, int row, List<String> cells) {
        for (int column = 0; column < cells.size(); column++) {
            sheet.value(row, column, cells.get(column));
        }
    }

    private static List<List<String>> rows(Disclosures disclosures) {
        List<String> epoch = List.of(Long.toString(disclosures.epoch()), disclosures.time(), disclosures.seal());
        Stream<List<String>> stated = disclosures.lines().stream()
                .map(line -> List.of(line.field(), line.name(), line.value(), line.unit(), line.scenario()));
        Stream<List<String>> notStated = disclosures.notStated().stream()
                .map(line -> List.of(line.field(), line.name(), "not stated", "", line.reason()));
        return Stream.concat(stated, notStated)
                .map(row -> Stream.concat(row.stream(), epoch.stream()).toList())
                .toList();
    }
}
