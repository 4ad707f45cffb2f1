package io.bulwark.research.wall;

import io.bulwark.research.HtmlTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The wall for people: text, and one page that loads nothing. */
final class WallReport {
    private static final String STYLE =
            "body{font:14px sans-serif;margin:2em;color:#1b1f23}section{break-after:page}table{border-collapse:collapse;margin:.5em 0 1.5em}"
                    + "td,th{padding:2px 10px;text-align:right;border-bottom:1px solid #e3e7eb}"
                    + "td:first-child,th:first-child{text-align:left}caption{text-align:left;font-weight:bold}";

    private WallReport() {}

    /** Plain text. */
    public static String text(WallAnswer answer) {
        StringBuilder text = new StringBuilder("the book of ")
                .append(answer.book())
                .append(", fund ")
                .append(answer.fund().usd())
                .append(" USD\n");
        for (WallAnswer.Event event : answer.events()) {
            text.append('\n')
                    .append(event.date())
                    .append("  ")
                    .append(event.title())
                    .append('\n');
            WallTable.of(event).forEach(table -> text(text, table));
        }
        return text.toString();
    }

    private static void text(StringBuilder text, WallTable table) {
        text.append("  ").append(table.title()).append('\n');
        int columns = table.head().size();
        List<Integer> widths = IntStream.range(0, columns)
                .mapToObj(c -> table.rows().stream()
                        .mapToInt(row -> row.get(c).length())
                        .reduce(table.head().get(c).length(), Math::max))
                .toList();
        line(text, table.head(), widths);
        table.rows().forEach(row -> line(text, row, widths));
    }

    private static void line(StringBuilder text, List<String> cells, List<Integer> widths) {
        text.append("    ")
                .append(IntStream.range(0, cells.size())
                        .mapToObj(c -> {
                            String blank =
                                    " ".repeat(widths.get(c) - cells.get(c).length());
                            return c == 0 ? cells.get(c) + blank : blank + cells.get(c);
                        })
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .append('\n');
    }

    /** One page: a section an event. */
    public static String html(WallAnswer answer) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Bulwark replay wall</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>The book of today through what happened: ")
                .append(HtmlTable.escaped(answer.book()))
                .append("</h1>\n<p>Fund: ")
                .append(answer.fund().usd())
                .append(" USD</p>\n");
        for (WallAnswer.Event event : answer.events()) {
            html.append("<section><h2>")
                    .append(HtmlTable.escaped(event.date() + ", " + event.title()))
                    .append("</h2>\n<p>Figures: ")
                    .append(HtmlTable.escaped(event.source()))
                    .append("</p>\n");
            WallTable.of(event).forEach(table -> HtmlTable.append(html, table.title(), table.head(), table.rows()));
            html.append("</section>\n");
        }
        return html.append("</body></html>\n").toString();
    }
}
