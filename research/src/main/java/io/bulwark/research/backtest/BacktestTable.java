package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.BookVerdict;
import io.bulwark.netting.backtest.HouseBacktest;
import io.bulwark.netting.coverage.Procyclicality;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Verdicts as lines of a table: the same cells for the terminal and for the page. */
final class BacktestTable {
    private static final double PERCENT = 100;
    private static final double PPM = 1e6;

    private BacktestTable() {}

    /**
     * A table.
     *
     * @param title above it
     * @param head names of the columns
     * @param rows cells, the book first
     */
    record Table(String title, List<String> head, List<List<String>> rows) {}

    /** Margin against losses, the model of the tail, and procyclicality of one part. */
    static List<Table> of(BacktestAnswer.Part part) {
        String days = part.name() + ", " + part.firstDay() + " to " + part.lastDay();
        return List.of(
                new Table(
                        "Initial margin against losses (" + days + "; promised: 1 window of 1,000)",
                        List.of(
                                "book",
                                "days",
                                "24h",
                                "Kupiec p",
                                "indep. p",
                                "cond. p",
                                "48h apart",
                                "48h Kupiec p",
                                "48h all",
                                "N-W p",
                                "avg IM %",
                                "max IM %",
                                "mean short %",
                                "max short %"),
                        part.books().stream().map(BacktestTable::margin).toList()),
                new Table(
                        "Value at risk and expected shortfall of 99 % (" + days + ")",
                        List.of(
                                "book",
                                "exceed",
                                "Kupiec p",
                                "indep. p",
                                "cond. p",
                                "Z1",
                                "Z2",
                                "Z2 5 %",
                                "Z2 p",
                                "250d",
                                "worst 250d",
                                "light",
                                "multiplier"),
                        part.books().stream()
                                .flatMap(v -> v.tail().map(tail -> tail(v.book(), tail)).stream())
                                .toList()),
                new Table(
                        "The sealed table beside other rules (" + days
                                + "; touching: scaled afterwards to as few breaches as the table has)",
                        List.of("book", "rule", "breaches", "avg IM %", "max IM %", "peak/trough 1y", "beyond %"),
                        part.rules().stream().map(BacktestTable::rule).toList()),
                new Table(
                        "Procyclicality of the margin (" + days + ")",
                        List.of("book", "1d rise %", "5d rise %", "30d rise %", "peak/trough 1y", "std ln change"),
                        part.books().stream()
                                .flatMap(v -> v.procyclicality().map(p -> procyclicality(v.book(), p)).stream())
                                .toList()));
    }

    private static List<String> margin(BookVerdict verdict) {
        BookVerdict.Coverage day = verdict.day();
        BookVerdict.Coverage two = verdict.twoDays();
        return List.of(
                verdict.book(),
                String.valueOf(day.breaches().exceedances().days()),
                String.valueOf(day.breaches().exceedances().count()),
                decimals(3, day.breaches().kupiec().probability()),
                decimals(3, day.breaches().independence().probability()),
                decimals(3, day.breaches().conditional().probability()),
                two.breaches().exceedances().count() + "/"
                        + two.breaches().exceedances().days(),
                decimals(3, two.breaches().kupiec().probability()),
                String.valueOf(verdict.overlapping().count()),
                decimals(3, verdict.overlapping().probability()),
                decimals(1, PERCENT * day.averageMargin()),
                decimals(1, PERCENT * day.largestMargin()),
                decimals(1, PERCENT * day.meanShortfall()),
                decimals(1, PERCENT * day.largestShortfall()));
    }

    private static List<String> tail(String book, BookVerdict.Tail tail) {
        return List.of(
                book,
                String.valueOf(tail.exceedances().exceedances().count()),
                decimals(3, tail.exceedances().kupiec().probability()),
                decimals(3, tail.exceedances().independence().probability()),
                decimals(3, tail.exceedances().conditional().probability()),
                orDash(tail.shortfall().conditional()),
                decimals(2, tail.shortfall().unconditional()),
                decimals(2, tail.critical()),
                decimals(3, tail.probability()),
                String.valueOf(tail.lastYear()),
                String.valueOf(tail.worstYear()),
                tail.light().name().toLowerCase(Locale.ROOT),
                decimals(3, tail.multiplier() / PPM));
    }

    private static List<String> rule(HouseBacktest.RuleLine line) {
        return List.of(
                line.book(),
                line.rule(),
                String.valueOf(line.breaches()),
                decimals(1, PERCENT * line.averageMargin()),
                decimals(1, PERCENT * line.largestMargin()),
                decimals(1, line.peakToTrough()),
                decimals(1, PERCENT * line.beyond()));
    }

    private static List<String> procyclicality(String book, Procyclicality p) {
        return List.of(
                book,
                decimals(0, PERCENT * p.rise1()),
                decimals(0, PERCENT * p.rise5()),
                decimals(0, PERCENT * p.rise30()),
                decimals(1, p.peakToTrough()),
                decimals(3, p.logChange()));
    }

    private static String orDash(OptionalDouble value) {
        return value.isPresent() ? decimals(2, value.getAsDouble()) : "-";
    }

    /** Fixed decimals, and no minus before a zero. */
    static String decimals(int places, double value) {
        String text = String.format(Locale.ROOT, "%." + places + "f", value);
        return Optional.of(text)
                .filter(t -> t.startsWith("-") && t.chars().noneMatch(c -> c >= '1' && c <= '9'))
                .map(t -> t.substring(1))
                .orElse(text);
    }

    /** Columns as wide as their widest cell, the first one to the left. */
    static String text(Table table) {
        int[] widths = new int[table.head().size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            widths[column] = Math.max(
                    table.head().get(column).length(),
                    table.rows().stream()
                            .mapToInt(row -> row.get(at).length())
                            .max()
                            .orElse(0));
        }
        StringBuilder text = new StringBuilder(table.title()).append('\n');
        line(text, table.head(), widths);
        table.rows().forEach(row -> line(text, row, widths));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths) {
        for (int column = 0; column < widths.length; column++) {
            String padding = " ".repeat(widths[column] - cells.get(column).length());
            text.append(column == 0 ? cells.get(column) + padding : "  " + padding + cells.get(column));
        }
        text.append('\n');
    }
}
