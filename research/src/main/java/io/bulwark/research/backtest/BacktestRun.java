package io.bulwark.research.backtest;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.backtest.Book;
import io.bulwark.netting.backtest.BookHistory;
import io.bulwark.netting.backtest.BookSeries;
import io.bulwark.netting.backtest.Contract;
import io.bulwark.netting.backtest.HouseBacktest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
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
                part.books().stream().map(HouseBacktest.Judged::verdict).toList());
    }

    /** What the files and the books make a reader need to know. */
    static List<String> notes(PriceSeries series, List<Book> books) {
        List<String> notes = new ArrayList<>();
        series.removed()
                .forEach(bad -> notes.add("bad print of " + bad.underlying() + " on " + date(bad.epochDay()) + ": "
                        + bad.field() + " " + bad.value() + " counts as " + bad.replacement()));
        boolean options = books.stream()
                .flatMap(book -> book.legs().stream())
                .anyMatch(leg -> leg.contract() instanceof Contract.Option);
        if (options) {
            notes.add("no history of implied volatility: options are valued with a proxy made of daily returns");
        }
        return notes;
    }

    static String date(int epochDay) {
        return LocalDate.ofEpochDay(epochDay).toString();
    }
}
