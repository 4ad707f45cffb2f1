package io.bulwark.api.crif;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CRIF as comma-separated values. Columns are found by their names, in any order and in capitals or not; others are not looked at. Amounts are plain decimals: what is
 * written with an exponent is refused, so that nothing is read by approximation.
 *
 * @param rows those that are well formed
 * @param refusals what is wrong with the others, by line
 */
record CrifFile(List<CrifRow> rows, List<CrifRefusal> refusals) {
    /** Longest file, bytes. */
    public static final int BYTES_MAX = 16 << 20;

    private static final List<String> COLUMNS = List.of(
            "TradeID",
            "PortfolioID",
            "ProductClass",
            "RiskType",
            "Qualifier",
            "Bucket",
            "Label1",
            "Label2",
            "Amount",
            "AmountCurrency",
            "AmountUSD");
    private static final List<String> NEEDED =
            List.of("TradeID", "PortfolioID", "ProductClass", "RiskType", "Qualifier", "Bucket", "AmountUSD");
    private static final String DECIMAL = "-?[0-9]{1,18}(\\.[0-9]{1,12})?";
    private static final String USD = "USD";
    private static final CsvMapper MAPPER = new CsvMapper();
    private static final ObjectReader CELLS = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build()
            .readerFor(String[].class);

    public CrifFile {
        rows = List.copyOf(rows);
        refusals = List.copyOf(refusals);
    }

    /** Writes rows under a header; the writer stays open. */
    public static void write(List<CrifRow> rows, Writer out) {
        CsvSchema.Builder columns = CsvSchema.builder();
        COLUMNS.forEach(columns::addColumn);
        try (SequenceWriter lines = MAPPER.writer(columns.build().withHeader())
                .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .writeValues(out)) {
            if (rows.isEmpty()) {
                out.write(String.join(",", COLUMNS) + "\n");
            }
            for (CrifRow row : rows) {
                String amount = row.amount().toPlainString();
                lines.write(List.of(
                        row.trade(),
                        row.portfolio(),
                        row.productClass(),
                        row.riskType(),
                        row.qualifier(),
                        row.bucket(),
                        row.label(),
                        "",
                        amount,
                        USD,
                        amount));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text, whatever it is: what is not CRIF is refused by line, and nothing is thrown. */
    public static CrifFile read(String text) {
        Reading reading = new Reading();
        try (MappingIterator<String[]> lines = CELLS.readValues(text)) {
            while (lines.hasNextValue()) {
                int line = lines.getParser().currentLocation().getLineNr();
                reading.take(line, lines.nextValue());
            }
        } catch (JsonProcessingException e) {
            int line = Optional.ofNullable(e.getLocation())
                    .map(JsonLocation::getLineNr)
                    .orElse(0);
            String reason = e.getOriginalMessage().lines().findFirst().orElse("not well formed");
            reading.refuse(line, "file", "", "must be CSV, and is not read from here on: " + reason);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        if (reading.header.isEmpty() && reading.refusals.isEmpty()) {
            reading.refuse(1, "file", "", "must begin with a header that names " + String.join(", ", NEEDED));
        }
        return new CrifFile(reading.rows, reading.refusals);
    }

    /** What has been read so far. */
    private static final class Reading {
        private final List<CrifRow> rows = new ArrayList<>();
        private final List<CrifRefusal> refusals = new ArrayList<>();
        private List<String> header = List.of();
        private boolean named;

        void take(int line, String[] cells) {
            if (header.isEmpty()) {
                begin(line, cells);
            } else if (named) {
                row(line, cells);
            }
        }

        private void begin(int line, String[] cells) {
            header = Arrays.stream(cells)
                    .map(cell -> cell.toLowerCase(Locale.ROOT))
                    .toList();
            List<String> missing = NEEDED.stream()
                    .filter(name -> !header.contains(name.toLowerCase(Locale.ROOT)))
                    .toList();
            boolean twice = COLUMNS.stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .anyMatch(name -> header.indexOf(name) != header.lastIndexOf(name));
            named = missing.isEmpty() && !twice;
            if (!missing.isEmpty()) {
                refuse(line, "header", String.join(",", cells), "must name " + String.join(", ", missing));
            } else if (twice) {
                refuse(line, "header", String.join(",", cells), "must name every column once");
            }
        }

        private void row(int line, String[] cells) {
            if (cells.length != header.size()) {
                refuse(
                        line,
                        "row",
                        String.join(",", cells),
                        "must have " + header.size() + " cells, as the header has");
                return;
            }
            amount(line, cells)
                    .ifPresent(amount -> rows.add(new CrifRow(
                            line,
                            cell(cells, "TradeID"),
                            cell(cells, "PortfolioID"),
                            cell(cells, "ProductClass"),
                            cell(cells, "RiskType"),
                            cell(cells, "Qualifier"),
                            cell(cells, "Bucket"),
                            cell(cells, "Label1"),
                            amount)));
        }

        /** AmountUSD; Amount must be the same where it is USD too. */
        private Optional<BigDecimal> amount(int line, String[] cells) {
            String usd = cell(cells, "AmountUSD");
            if (!usd.matches(DECIMAL)) {
                refuse(line, "AmountUSD", usd, "must be a plain decimal of at most 18 digits and 12 places");
                return Optional.empty();
            }
            BigDecimal amount = new BigDecimal(usd);
            String other = cell(cells, "Amount");
            if (cell(cells, "AmountCurrency").equals(USD)
                    && !(other.matches(DECIMAL) && new BigDecimal(other).compareTo(amount) == 0)) {
                refuse(line, "Amount", other, "must be AmountUSD where AmountCurrency is USD");
                return Optional.empty();
            }
            return Optional.of(amount);
        }

        private String cell(String[] cells, String column) {
            int index = header.indexOf(column.toLowerCase(Locale.ROOT));
            return index < 0 ? "" : cells[index];
        }

        void refuse(int line, String field, String value, String rule) {
            refusals.add(new CrifRefusal(line, field, value, rule));
        }
    }
}
