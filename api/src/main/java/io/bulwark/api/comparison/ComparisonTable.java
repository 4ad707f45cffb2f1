package io.bulwark.api.comparison;

import io.bulwark.api.door.Money;
import java.io.PrintWriter;
import java.util.Locale;

/** Methods side by side as a person wants to read them: one line each. */
final class ComparisonTable {
    private ComparisonTable() {}

    static void portfolio(PrintWriter out, ComparisonAnswer answer) {
        row(out, "notional", answer.notional().usd(), "", "what the positions follow, long and short added");
        answer.lines()
                .forEach(line -> row(
                        out,
                        line.method(),
                        line.amount().map(Money::usd).orElse("not published"),
                        line.share().map(share -> share + " %").orElse(""),
                        line.definition()));
    }

    static void straddle(PrintWriter out, StraddleAnswer answer) {
        out.println(answer.contract());
        row(out, "notional", answer.notional().usd(), "", "counted once for both legs");
        answer.lines()
                .forEach(line -> row(out, line.method(), line.amount().usd(), line.share() + " %", line.definition()));
    }

    private static void row(PrintWriter out, String name, String amount, String share, String text) {
        out.println(String.format(Locale.ROOT, "%-26s %20s %10s  %s", name, amount, share, text));
    }
}
