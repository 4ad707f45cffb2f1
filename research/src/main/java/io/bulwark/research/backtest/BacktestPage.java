package io.bulwark.research.backtest;

import io.bulwark.netting.backtest.HouseBacktest;
import io.bulwark.research.HtmlTable;
import java.util.Base64;

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
                .append(HtmlTable.escaped(String.join(", ", run.answer().underlyings())))
                .append("</h1>\n<p>Price range: ")
                .append(HtmlTable.escaped(run.answer().rule()))
                .append("</p>\n");
        run.answer()
                .notes()
                .forEach(note ->
                        html.append("<p>Note: ").append(HtmlTable.escaped(note)).append("</p>\n"));
        for (int part = 0; part < run.parts().size(); part++) {
            picture(html, run.parts().get(part));
            BacktestTable.of(run.answer().parts().get(part))
                    .forEach(table -> HtmlTable.append(html, table.title(), table.head(), table.rows()));
        }
        return html.append("</body></html>\n").toString();
    }

    private static void picture(StringBuilder html, HouseBacktest.Part part) {
        html.append("<h2>")
                .append(HtmlTable.escaped(part.name()))
                .append("</h2>\n<img alt=\"margin and loss of every book\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(BacktestPicture.png(part)))
                .append("\">\n");
    }
}
