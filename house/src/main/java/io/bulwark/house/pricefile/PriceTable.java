package io.bulwark.house.pricefile;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.house.pricefile.PriceColumn.Candle;
import io.bulwark.netting.volatility.DailyPrices;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The rows of one price file under its header: which columns are prices, and the histories that they make. */
final class PriceTable {
    private static final ObjectReader ROWS = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.ALLOW_COMMENTS)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .enable(CsvParser.Feature.TRIM_SPACES)
            .build()
            .readerFor(String[].class);
    private static final Set<String> DAYS = Set.of("date", "date_utc", "day", "timestamp");
    private static final Set<String> HOURS = Set.of("open_time_utc");
    private static final Set<String> NOT_PRICES = Set.of("volume", "unix_timestamp");
    private static final List<String> CANDLE = List.of("open", "high", "low", "close");
    private static final String CLOSE_OF = "_close";
    private static final int DATE_LENGTH = "2024-06-15".length();

    private final String file;
    private final List<String> header;
    private final List<String[]> rows;

    private PriceTable(String file, List<String> header, List<String[]> rows) {
        this.file = file;
        this.header = header;
        this.rows = rows;
    }

    static PriceTable of(String file, String text) {
        List<String[]> rows;
        try (MappingIterator<String[]> read = ROWS.readValues(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            rows = read.readAll();
        } catch (IOException | RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new BadInput(file, "", "must be comma-separated values: " + reason);
        }
        if (rows.size() < 2) {
            throw new BadInput(file, rows.size() + " lines", "must have a header line and rows");
        }
        PriceTable table = new PriceTable(file, List.of(rows.getFirst()), rows.subList(1, rows.size()));
        table.requireColumns();
        return table;
    }

    private void requireColumns() {
        if (new HashSet<>(header).size() != header.size()) {
            throw new BadInput(file + ", header", String.join(",", header), "columns must have different names");
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != header.size()) {
                throw new BadInput(where(i, "cells"), String.valueOf(rows.get(i).length), "must be " + header.size());
            }
        }
    }

    /** The histories, in the order of the columns; of hourly candles in the order of their first row. */
    List<DailyPrices> histories() {
        List<PriceColumn> columns = hourly() ? ofCandlesByAsset() : has("close") ? ofOneUnderlying() : ofCloses();
        List<DailyPrices> histories = columns.stream()
                .filter(column -> !column.isEmpty())
                .map(PriceColumn::prices)
                .toList();
        if (histories.isEmpty()) {
            throw new BadInput(file, String.join(",", header), "must have a column of prices");
        }
        return histories;
    }

    /** Whether the file says whose prices it holds. */
    boolean namesUnderlyings() {
        return hourly() || !has("close");
    }

    private boolean hourly() {
        return has("asset") && header.stream().anyMatch(this::isHour);
    }

    private boolean isHour(String column) {
        return HOURS.contains(column.toLowerCase(Locale.ROOT));
    }

    private boolean has(String column) {
        return header.contains(column);
    }

    private List<PriceColumn> ofOneUnderlying() {
        String underlying = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
        PriceColumn column = new PriceColumn(underlying);
        int day = column(DAYS);
        for (int i = 0; i < rows.size(); i++) {
            column.add(candle(i, day), where(i, header.get(day)));
        }
        return List.of(column);
    }

    private List<PriceColumn> ofCandlesByAsset() {
        Map<String, PriceColumn> byAsset = new LinkedHashMap<>();
        int time = column(HOURS);
        int asset = header.indexOf("asset");
        for (int i = 0; i < rows.size(); i++) {
            byAsset.computeIfAbsent(rows.get(i)[asset], PriceColumn::new)
                    .extend(candle(i, time), where(i, header.get(time)));
        }
        return List.copyOf(byAsset.values());
    }

    private Candle candle(int row, int day) {
        int epochDay = epochDay(row, day);
        double close = price(row, "close");
        boolean closesOnly = CANDLE.stream().noneMatch(column -> !column.equals("close") && has(column));
        return closesOnly
                ? new Candle(epochDay, close, close, close, close)
                : new Candle(epochDay, price(row, "open"), price(row, "high"), price(row, "low"), close);
    }

    private List<PriceColumn> ofCloses() {
        int day = column(DAYS);
        boolean suffixed = header.stream().anyMatch(name -> name.endsWith(CLOSE_OF));
        List<PriceColumn> columns = new ArrayList<>();
        for (int c = 0; c < header.size(); c++) {
            String name = header.get(c);
            boolean price = suffixed
                    ? name.endsWith(CLOSE_OF)
                    : c != day && !name.isEmpty() && !NOT_PRICES.contains(name.toLowerCase(Locale.ROOT));
            if (price) {
                columns.add(closes(day, c, suffixed ? underlying(name) : name));
            }
        }
        return columns;
    }

    private static String underlying(String column) {
        return column.substring(0, column.length() - CLOSE_OF.length()).toUpperCase(Locale.ROOT);
    }

    private PriceColumn closes(int day, int cell, String underlying) {
        PriceColumn column = new PriceColumn(underlying);
        for (int i = 0; i < rows.size(); i++) {
            int epochDay = epochDay(i, day);
            String where = where(i, header.get(day));
            optionalPrice(i, cell)
                    .ifPresent(close -> column.add(new Candle(epochDay, close, close, close, close), where));
        }
        return column;
    }

    private int column(Set<String> names) {
        for (int c = 0; c < header.size(); c++) {
            if (names.contains(header.get(c).toLowerCase(Locale.ROOT))) {
                return c;
            }
        }
        throw new BadInput(
                file + ", header", String.join(",", header), "must have one of the columns " + sorted(names));
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    private int epochDay(int row, int cell) {
        String text = rows.get(row)[cell];
        try {
            return Math.toIntExact(LocalDate.parse(text.length() > DATE_LENGTH ? text.substring(0, DATE_LENGTH) : text)
                    .toEpochDay());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new BadInput(where(row, header.get(cell)), text, "must be a day such as 2024-06-15");
        }
    }

    private double price(int row, String column) {
        int cell = header.indexOf(column);
        if (cell < 0) {
            throw new BadInput(
                    file + ", header", String.join(",", header), "must have open, high, low and close, or close alone");
        }
        return optionalPrice(row, cell).orElseThrow(() -> new BadInput(where(row, column), "", "must be a price"));
    }

    private OptionalDouble optionalPrice(int row, int cell) {
        String text = rows.get(row)[cell];
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double price = Double.parseDouble(text);
            if (price > 0 && price < Double.POSITIVE_INFINITY) {
                return OptionalDouble.of(price);
            }
        } catch (NumberFormatException e) {
            throw new BadInput(where(row, header.get(cell)), text, "must be a number");
        }
        throw new BadInput(where(row, header.get(cell)), text, "must be finite and > 0");
    }

    private String where(int row, String column) {
        return file + ", data row " + (row + 1) + ", " + column;
    }
}
