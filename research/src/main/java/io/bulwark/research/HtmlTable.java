package io.bulwark.research;

import java.util.List;

/** Tables and texts of a page that stands alone, escaped. */
public final class HtmlTable {
    private HtmlTable() {}

    /** Appends a table with its caption, one line a row. */
    public static void append(StringBuilder html, String title, List<String> head, List<List<String>> rows) {
        html.append("<table><caption>").append(escaped(title)).append("</caption>\n");
        row(html, "th", head);
        rows.forEach(row -> row(html, "td", row));
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

    /** A text as it stands in HTML, between tags or in quotes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
