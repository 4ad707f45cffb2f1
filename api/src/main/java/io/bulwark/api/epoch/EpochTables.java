package io.bulwark.api.epoch;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.formula.Requirement;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What follows in an epoch, as comma-separated values for other programs. The same epoch has the same bytes everywhere. */
final class EpochTables {
    private static final String ACCOUNTS = "accounts";
    private static final String PRICES = "prices";
    private static final CsvMapper CSV = new CsvMapper();

    private EpochTables() {}

    /** Names of the files of an epoch's tables. */
    static List<String> names(long epoch) {
        return List.of(file(epoch, ACCOUNTS), file(epoch, PRICES));
    }

    private static String file(long epoch, String table) {
        return "tables/" + epoch + "-" + table + ".csv";
    }

    /** The tables of an epoch, by their file. */
    static SortedMap<String, byte[]> of(ComputedEpoch epoch) {
        SortedMap<String, byte[]> tables = new TreeMap<>();
        tables.put(file(epoch.number(), ACCOUNTS), accounts(epoch));
        tables.put(file(epoch.number(), PRICES), prices(epoch));
        return tables;
    }

    /** A line an account; money in u, which is 0.0001 USD. */
    private static byte[] accounts(ComputedEpoch epoch) {
        List<List<Object>> lines = new ArrayList<>();
        for (AccountLine line : epoch.accounts()) {
            Optional<Requirement> given = line.margin().stated().map(stated -> stated.given());
            lines.add(List.of(
                    line.number(),
                    line.name(),
                    line.margin().stated().map(stated -> stated.state().label()).orElse("no margin"),
                    cell(given.map(Requirement::initialMargin)),
                    cell(given.map(Requirement::maintenanceMargin)),
                    cell(given.map(Requirement::equity)),
                    line.leaf().hex()));
        }
        return written(
                List.of("account", "name", "state", "initialMarginU", "maintenanceMarginU", "equityU", "leaf"), lines);
    }

    /** A line a price report, by its id. */
    private static byte[] prices(ComputedEpoch epoch) {
        List<List<Object>> lines = new ArrayList<>();
        for (PriceReport report : epoch.reports()) {
            lines.add(List.of(
                    report.id().hex(),
                    report.venue(),
                    report.measure().name(),
                    report.subject(),
                    report.value().toString(),
                    report.timeMillis()));
        }
        return written(List.of("id", "venue", "measure", "subject", "value", "timeMillis"), lines);
    }

    private static Object cell(Optional<Long> figure) {
        return figure.<Object>map(u -> u).orElse("");
    }

    private static byte[] written(List<String> columns, List<List<Object>> lines) {
        CsvSchema.Builder schema = CsvSchema.builder();
        columns.forEach(schema::addColumn);
        StringWriter text = new StringWriter();
        try (SequenceWriter written = CSV.writer(schema.build().withHeader()).writeValues(text)) {
            written.writeAll(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
