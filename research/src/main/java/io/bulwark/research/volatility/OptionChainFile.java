package io.bulwark.research.volatility;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.surface.ChainExpiry;
import io.bulwark.netting.surface.ChainExpiry.OptionQuote;
import io.bulwark.netting.surface.ObservationTime;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * An option chain as CSV: a header line, one option a row, prices in coins as a venue that settles in the coin quotes them.
 *
 * <p>Columns by name, in any order, others are not read: {@code option_type} (call, put, C, P); {@code strike} or {@code
 * strike_price}; {@code maturity} (2024-05-31 08:00:00) or {@code expire_date} (26JAN24, 08:00 UTC); {@code bid_price}, {@code
 * ask_price}, {@code mark_price}; {@code mark_iv}, per cent; {@code underlying_price}, the forward; {@code creation_timestamp},
 * epoch milliseconds of the reading. Forwards that are not given come from parity, a missing time from the marks themselves.
 *
 * @param timeMillis when the chain was read
 * @param timeImplied whether that time was found from the marks
 * @param expiries by time; those that have passed are left out
 */
record OptionChainFile(long timeMillis, boolean timeImplied, List<ChainExpiry> expiries) {
    /** Cells line by line: lines that begin with # are comments. */
    static final ObjectReader ROWS = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build()
            .readerFor(String[].class);

    private static final DateTimeFormatter SHORT_DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("dMMMuu")
            .toFormatter(Locale.ROOT);
    private static final int SETTLEMENT_HOUR = 8;
    private static final double YEAR_MILLIS = 365.0 * 86_400_000;
    private static final double PER_CENT = 100;

    public OptionChainFile {
        expiries = List.copyOf(expiries);
    }

    /**
     * Reads the text of a file.
     *
     * @param at when it was read, if the caller knows better than the file
     * @throws BadInput if a column or a cell breaks a rule
     */
    public static OptionChainFile parse(String text, OptionalLong at) {
        Table table = Table.of(text);
        Map<Long, Collected> collected = new TreeMap<>();
        for (int row = 0; row < table.rows.size(); row++) {
            long expiry = table.expiryMillis(row);
            collected.computeIfAbsent(expiry, Collected::new).add(table, row);
        }
        List<ObservationTime.Expiry> known = new ArrayList<>();
        collected
                .values()
                .forEach(expiry -> expiry.forward()
                        .ifPresent(f -> known.add(new ObservationTime.Expiry(expiry.expiryMillis, f, expiry.quotes))));
        OptionalLong stated = at.isPresent() ? at : table.time();
        OptionalLong time = stated.isPresent() ? stated : ObservationTime.of(known);
        long now = time.orElseThrow(() -> new BadInput(
                "FILE", "", "must say when it was read: creation_timestamp, or mark_iv beside mark_price, or --at"));
        List<ChainExpiry> expiries = known.stream()
                .filter(expiry -> expiry.expiryMillis() > now)
                .map(expiry ->
                        new ChainExpiry((expiry.expiryMillis() - now) / YEAR_MILLIS, expiry.forward(), expiry.quotes()))
                .toList();
        if (expiries.isEmpty()) {
            throw new BadInput("FILE", "", "must have an expiry after its time with a forward or a pair of marks");
        }
        return new OptionChainFile(now, stated.isEmpty(), expiries);
    }

    /** The quotes of one expiry as they are read. */
    private static final class Collected {
        private final long expiryMillis;
        private final List<OptionQuote> quotes = new ArrayList<>();
        private OptionalDouble stated = OptionalDouble.empty();

        Collected(long expiryMillis) {
            this.expiryMillis = expiryMillis;
        }

        void add(Table table, int row) {
            quotes.add(table.quote(row));
            OptionalDouble forward = table.number(row, "underlying_price");
            stated = stated.isPresent() ? stated : forward;
        }

        OptionalDouble forward() {
            return stated.isPresent() ? stated : ChainExpiry.parityForward(quotes);
        }
    }

    private record Table(List<String> header, List<String[]> rows) {
        static Table of(String text) {
            try (MappingIterator<String[]> read = ROWS.readValues(text)) {
                List<String[]> all = read.readAll();
                if (all.size() < 2) {
                    throw new BadInput("FILE", all.size() + " lines", "must have a header line and rows");
                }
                return new Table(List.of(all.getFirst()), all.subList(1, all.size()));
            } catch (IOException e) {
                throw new BadInput("FILE", "", "must be comma-separated values: " + e.getMessage());
            }
        }

        OptionQuote quote(int row) {
            OptionalDouble percent = number(row, "mark_iv");
            OptionalDouble volatility =
                    percent.isPresent() ? OptionalDouble.of(percent.getAsDouble() / PER_CENT) : percent;
            return new OptionQuote(
                    right(row),
                    positive(row, "strike", "strike_price"),
                    number(row, "bid_price"),
                    number(row, "ask_price"),
                    number(row, "mark_price"),
                    volatility);
        }

        private OptionRight right(int row) {
            String right = required(row, "option_type").toLowerCase(Locale.ROOT);
            return switch (right) {
                case "c", "call" -> OptionRight.CALL;
                case "p", "put" -> OptionRight.PUT;
                default -> throw refused(row, "option_type", right, "must be call, put, C or P");
            };
        }

        long expiryMillis(int row) {
            String text = required(row, "maturity", "expire_date");
            try {
                LocalDateTime moment = text.length() <= "26JAN24".length()
                        ? LocalDate.parse(text, SHORT_DATE).atTime(SETTLEMENT_HOUR, 0)
                        : LocalDateTime.parse(text.replace(' ', 'T'));
                return moment.toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeParseException e) {
                throw refused(row, "maturity", text, "must be 2024-05-31 08:00:00 or 31MAY24");
            }
        }

        /** The latest reading of a row. */
        OptionalLong time() {
            OptionalLong latest = OptionalLong.empty();
            for (int row = 0; row < rows.size(); row++) {
                OptionalDouble read = number(row, "creation_timestamp");
                if (read.isPresent()) {
                    latest = OptionalLong.of(Math.max(latest.orElse(0), (long) read.getAsDouble()));
                }
            }
            return latest;
        }

        OptionalDouble number(int row, String... names) {
            String text = cell(row, names);
            if (text.isEmpty()) {
                return OptionalDouble.empty();
            }
            double value = parsed(text);
            if (!Double.isFinite(value) || value < 0) {
                throw refused(row, names[0], text, "must be a number of 0 or more");
            }
            return OptionalDouble.of(value);
        }

        private static double parsed(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        private double positive(int row, String... names) {
            double value = number(row, names).orElse(0);
            if (!(value > 0)) {
                throw refused(row, names[0], cell(row, names), "must be a number above 0");
            }
            return value;
        }

        private String required(int row, String... names) {
            String text = cell(row, names);
            if (text.isEmpty()) {
                throw refused(row, String.join(" or ", names), "", "must be there");
            }
            return text;
        }

        private String cell(int row, String... names) {
            int column = Arrays.stream(names)
                    .mapToInt(header::indexOf)
                    .filter(i -> i >= 0)
                    .findFirst()
                    .orElse(-1);
            String[] cells = rows.get(row);
            return column >= 0 && column < cells.length ? cells[column] : "";
        }

        private static BadInput refused(int row, String column, String value, String rule) {
            return new BadInput("FILE, row " + (row + 1) + ", " + column, value, rule);
        }
    }
}
