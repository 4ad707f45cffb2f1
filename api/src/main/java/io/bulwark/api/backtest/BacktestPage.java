package io.bulwark.api.backtest;

import io.bulwark.netting.backtest.HouseBacktest;
import java.util.Base64;
import java.util.List;

/** One HTML page with everything in it: tables, notes and the picture as data; it loads nothing. */
final class BacktestPage {
    private static final String STYLE =
            "body{font:14px sans-serif;margin:2em;color:#1b1f23}table{border-collapse:collapse;margin:.5em 0 2em}"
                    + "td,th{padding:2px 10px;text-align:right;border-bottom:1px solid #e3e7eb}"
                    + "td:first-child,th:first-child{text-align:left}caption{text-align:left;font-weight:bold}img{max-width:100%}";

    private BacktestPage() {}

    static String html(BacktestRun run) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Bulwark backtest</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Margin against realised loss: ")
                .append(escaped(String.join(", ", run.answer().underlyings())))
                .append("</h1>\n<p>Price range: ")
                .append(escaped(run.answer().rule()))
                .append("</p>\n");
        run.answer()
                .notes()
                .forEach(note -> html.append("<p>Note: ").append(escaped(note)).append("</p>\n"));
        for (int part = 0; part < run.parts().size(); part++) {
            picture(html, run.parts().get(part));
            BacktestTable.of(run.answer().parts().get(part)).forEach(table -> table(html, table));
        }
        return html.append("</body></html>\n").toString();
    }

    private static void picture(StringBuilder html, HouseBacktest.Part part) {
        html.append("<h2>")
                .append(escaped(part.name()))
                .append("</h2>\n<img alt=\"margin and loss of every book\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(BacktestPicture.png(part)))
                .append("\">\n");
    }

    private static void table(StringBuilder html, BacktestTable.Table table) {
        html.append("<table><caption>").append(escaped(table.title())).append("</caption>\n");
        row(html, "th", table.head());
        table.rows().forEach(row -> row(html, "td", row));
        html.append("</table>\n");
    }

    private static void row(StringBuilder html, String tag, List<String> cells) {
        html.append("<tr>");
        cells.forEach(cell -> html.append('<')
                .append(tag)
                .append('>')
                .append(escaped(cell))
                .append("</")
                .append(tag)
                .append('>'));
        html.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
