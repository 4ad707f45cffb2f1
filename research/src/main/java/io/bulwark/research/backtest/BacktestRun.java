package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.Book;
import io.bulwark.netting.backtest.BookHistory;
import io.bulwark.netting.backtest.BookSeries;
import io.bulwark.netting.backtest.Contract;
import io.bulwark.netting.backtest.HouseBacktest;
import io.bulwark.netting.volatility.PriceFlag;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One backtest: what it says, and the series behind it.
 *
 * @param answer for JSON and text
 * @param parts with the series, for pictures
 */
record BacktestRun(BacktestAnswer answer, List<HouseBacktest.Part> parts) {
    public BacktestRun {
        parts = List.copyOf(parts);
    }

    private static final double PERCENT = 100;

    /** Runs it. */
    public static BacktestRun of(
            PriceSeries series, BookHistory history, List<Book> books, HouseBacktest.Request request) {
        List<HouseBacktest.Part> parts = parts(history, books, request);
        List<String> underlyings =
                IntStream.range(0, history.assets()).mapToObj(history::name).toList();
        return new BacktestRun(
                new BacktestAnswer(
                        underlyings,
                        request.rule(),
                        notes(series, books),
                        parts.stream().map(BacktestRun::part).toList()),
                parts);
    }

    private static List<HouseBacktest.Part> parts(
            BookHistory history, List<Book> books, HouseBacktest.Request request) {
        return BadInput.refusing(
                "backtest", "", () -> HouseBacktest.run(history, books, request, ParameterSet.founding()));
    }

    private static BacktestAnswer.Part part(HouseBacktest.Part part) {
        BookSeries days = part.books().getFirst().day();
        return new BacktestAnswer.Part(
                part.name(),
                date(days.endDays()[0]),
                date(days.endDays()[days.size() - 1]),
                part.books().stream().map(HouseBacktest.Judged::verdict).toList(),
                part.rules());
    }

    /** What the files and the books make a reader need to know. */
    static List<String> notes(PriceSeries series, List<Book> books) {
        List<String> notes = new ArrayList<>();
        series.removed()
                .forEach(bad -> notes.add("bad print of " + bad.underlying() + " on " + date(bad.epochDay()) + ": "
                        + bad.field() + " " + bad.value() + " counts as " + bad.replacement()));
        series.flagged().forEach(flag -> notes.add(note(flag)));
        boolean options = books.stream()
                .flatMap(book -> book.legs().stream())
                .anyMatch(leg -> leg.contract() instanceof Contract.Option);
        if (options) {
            notes.add("no history of implied volatility: options are valued with a proxy made of daily returns");
        }
        return notes;
    }

    private static String note(PriceFlag flag) {
        String days = flag.underlying() + ", " + date(flag.firstDay())
                + (flag.firstDay() == flag.lastDay() ? "" : " to " + date(flag.lastDay()));
        return switch (flag.kind()) {
            case GAP ->
                "gap of " + days + ": " + Math.round(flag.value())
                        + " days without a price; the return over them counts as one";
            case JUMP ->
                String.format(
                        Locale.ROOT,
                        "jump of %s: close by %.1f %% from the last, beyond the filter's limit; stays",
                        days,
                        PERCENT * Math.expm1(flag.value()));
            case WIDE_DAY ->
                String.format(
                        Locale.ROOT,
                        "wide day of %s: highest over lowest %.2f, beyond the filter's limit and borne out; stays",
                        days,
                        Math.exp(flag.value()));
            case FLAT_RUN -> "flat run of " + days + ": no trade was seen; stays";
        };
    }

    static String date(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
