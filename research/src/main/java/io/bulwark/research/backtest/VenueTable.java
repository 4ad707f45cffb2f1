package io.bulwark.research.backtest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.backtest.VenueBacktest;
import io.bulwark.netting.backtest.VenueBacktest.Act;
import io.bulwark.netting.backtest.VenueBacktest.Covered;
import io.bulwark.netting.backtest.VenueBacktest.EventLoss;
import io.bulwark.research.HtmlTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Books over venues as lines of tables, for the terminal and for the page. */
final class VenueTable {
    private static final double PERCENT = 100;
    private static final double PPM_OF_PERCENT = 10_000;
    private static final String STYLE =
            "body{font:14px sans-serif;margin:2em;color:#1b1f23}table{border-collapse:collapse;margin:.5em 0 2em}"
                    + "td,th{padding:2px 10px;text-align:right;border-bottom:1px solid #e3e7eb}"
                    + "td:first-child,th:first-child{text-align:left}caption{text-align:left;font-weight:bold}";

    private VenueTable() {}

    static List<BacktestTable.Table> of(VenueAnswer answer) {
        return List.of(
                new BacktestTable.Table(
                        "Books over venues, " + answer.firstDay() + " to " + answer.lastDay()
                                + ": margin of format 2, of format 3 and of format 3 at twice the whole (% of the notional)",
                        List.of(
                                "book",
                                "days",
                                "venues acted",
                                "avg IM 2",
                                "avg IM 3",
                                "avg IM 3x2",
                                "breaches without venues",
                                "breaches 2",
                                "breaches 3",
                                "breaches 3x2",
                                "max beyond 2",
                                "max beyond 3",
                                "max beyond 3x2"),
                        answer.books().stream().map(VenueTable::line).toList()),
                new BacktestTable.Table(
                        "The worst window of each book in recorded events (% of the notional)",
                        List.of(
                                "event and book",
                                "day",
                                "closed on the way",
                                "loss",
                                "without venues",
                                "IM 2",
                                "IM 3",
                                "IM 3x2",
                                "beyond 2",
                                "beyond 3",
                                "beyond 3x2"),
                        events(answer)));
    }

    private static List<String> line(VenueBacktest.Verdict verdict) {
        List<Covered> asked = List.of(verdict.plain(), verdict.governed(), verdict.whole());
        return Stream.of(
                        Stream.of(verdict.book(), String.valueOf(verdict.windows()), String.valueOf(verdict.acted())),
                        asked.stream().map(c -> BacktestTable.decimals(1, PERCENT * c.averageMargin())),
                        Stream.concat(Stream.of(verdict.unmoved()), asked.stream())
                                .map(c -> String.valueOf(
                                        c.breaches().exceedances().count())),
                        asked.stream().map(c -> percent(c.largestShortfall())))
                .flatMap(cells -> cells)
                .toList();
    }

    /** Event by event, in each the books in their order. */
    private static List<List<String>> events(VenueAnswer answer) {
        return answer.books().stream()
                .flatMap(book -> book.events().stream())
                .map(EventLoss::event)
                .distinct()
                .flatMap(event -> answer.books().stream()
                        .flatMap(book -> book.events().stream()
                                .filter(e -> e.event().equals(event))
                                .map(e -> line(book.book(), e))))
                .toList();
    }

    private static List<String> line(String book, EventLoss e) {
        return List.of(
                e.event() + ": " + book,
                BacktestRun.date(e.endDay()),
                e.acts().isEmpty()
                        ? "-"
                        : e.acts().stream().map(VenueTable::act).collect(Collectors.joining(", ")),
                percent(e.loss()),
                percent(e.unmoved()),
                percent(e.plain()),
                percent(e.governed()),
                percent(e.whole()),
                percent(e.beyond(e.plain())),
                percent(e.beyond(e.governed())),
                percent(e.beyond(e.whole())));
    }

    private static String act(Act act) {
        String move = BacktestTable.decimals(1, (act.price() - Ppm.ONE) / PPM_OF_PERCENT);
        return act.venue() + (act.deleveraged() ? " deleverages at " : " at ") + move + " %";
    }

    private static String percent(double share) {
        return BacktestTable.decimals(1, PERCENT * share);
    }

    static String text(VenueAnswer answer) {
        String notes =
                answer.notes().stream().map(note -> "note: " + note + "\n").collect(Collectors.joining());
        return notes + of(answer).stream().map(BacktestTable::text).collect(Collectors.joining("\n"));
    }

    /** One page that loads nothing. */
    static String html(VenueAnswer answer) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Bulwark backtest over venues</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Books over venues: ")
                .append(HtmlTable.escaped(String.join(", ", answer.underlyings())))
                .append("</h1>\n");
        answer.notes()
                .forEach(note ->
                        html.append("<p>Note: ").append(HtmlTable.escaped(note)).append("</p>\n"));
        of(answer).forEach(table -> HtmlTable.append(html, table.title(), table.head(), table.rows()));
        return html.append("</body></html>\n").toString();
    }
}
