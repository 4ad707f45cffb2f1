package io.bulwark.api.advice;

import io.bulwark.api.account.MarginTable;
import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Ppm;
import java.io.PrintWriter;
import java.util.Locale;

/** Changes and outlooks as a person wants to read them: one line each. */
final class AdviceTable {
    private static final double PPM = Ppm.ONE;

    /** Where what each would do stands under its distance. */
    private static final int ACTS = 32;

    private AdviceTable() {}

    static void outlook(PrintWriter out, OutlookAnswer answer) {
        out.println(answer.state() + ", equity over initial margin"
                + answer.buffer()
                        .map(buffer -> " and a contagion buffer of " + buffer.usd() + " USD, ")
                        .orElse(" ")
                + answer.excessInitial().usd() + " USD");
        out.println();
        out.println("what costs most");
        answer.scenarios()
                .forEach(s -> out.println(String.format(
                        Locale.ROOT, "  %20s USD  %-6s %s", s.loss().usd(), s.family(), s.text())));
        out.println("how far from liquidation");
        answer.distances().forEach(d -> {
            out.println(String.format(Locale.ROOT, "  %-22s %-6s %s", d.what(), d.direction(), far(d)));
            if (d.acts().size() > 1) {
                d.acts().forEach(act -> out.println(" ".repeat(ACTS) + act.text()));
            }
        });
        out.println(answer.cures().isEmpty() ? "nothing needs to be cured" : "ways out, cheapest first");
        answer.cures()
                .forEach(c -> out.println(String.format(
                        Locale.ROOT,
                        "  %-12s brings %18s, costs %14s USD  %s",
                        c.kind(),
                        c.capital().usd(),
                        c.cost().usd(),
                        c.step())));
        out.println("how much more may be traded, lots at the mark and the spread");
        answer.largestTrades()
                .forEach(t -> out.println(
                        String.format(Locale.ROOT, "  %-32s buy %12d  sell %12d", t.instrument(), t.buy(), t.sell())));
    }

    /** The margin as one venue stands. */
    static void standing(PrintWriter out, StandingCurveAnswer answer) {
        out.println(answer.venue() + " stands at " + answer.distance().usd() + " USD; on its worst path "
                + answer.stress().usd() + " USD are lost there");
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%6s %18s %18s %18s %18s %18s",
                "of it",
                "distance USD",
                "prefunding",
                "initial margin",
                "alone: prefunding",
                "core"));
        answer.points()
                .forEach(point -> out.println(String.format(
                        Locale.ROOT,
                        "%4d %% %18s %18s %18s %18s %18s",
                        point.percent(),
                        point.distance().usd(),
                        point.given().prefunding().usd(),
                        point.given().initialMargin().usd(),
                        point.alone().prefunding().usd(),
                        point.alone().core().usd())));
        out.println("alone: with every other venue so far from acting that it acts on no path");
    }

    /** What changes would do. */
    static void whatIf(PrintWriter out, WhatIfAnswer answer) {
        out.println(String.format(Locale.ROOT, "%-32s %20s %20s %20s", "USD", "before", "after", "change"));
        change(
                out,
                "equity",
                answer.before().asBooked().equity(),
                answer.after().asBooked().equity(),
                answer.change().equity());
        change(
                out,
                "initial margin",
                answer.before().asBooked().initialMargin(),
                answer.after().asBooked().initialMargin(),
                answer.change().initialMargin());
        change(
                out,
                "maintenance margin",
                answer.before().asBooked().maintenanceMargin(),
                answer.after().asBooked().maintenanceMargin(),
                answer.change().maintenanceMargin());
        change(
                out,
                "equity over initial margin",
                answer.before().asBooked().excessInitial(),
                answer.after().asBooked().excessInitial(),
                answer.change().excessInitial());
        out.println(String.format(
                Locale.ROOT,
                "%-32s %20s %20s",
                "state",
                answer.before().state(),
                answer.after().state()));
        answer.called().ifPresent(call -> out.println("WAITS: " + call));
        answer.fund().ifPresent(fund -> fund(out, fund));
        out.println();
        out.println("after the changes");
        new MarginTable(out).margin(answer.after());
    }

    private static void fund(PrintWriter out, WhatIfAnswer.Admission fund) {
        out.println(String.format(
                Locale.ROOT, "%-32s %20s %20s", "the fund asks of " + fund.member(), fund.before(), fund.after()));
        out.println(String.format(Locale.ROOT, "%-32s %20s %20s", "of which it would have", "", fund.means()));
        out.println("within its means: "
                + fund.mostPpm()
                        .map(ppm -> String.format(Locale.ROOT, "%.3f times the changes", ppm / PPM))
                        .orElse("nothing of the changes"));
        fund.stopped().ifPresent(why -> out.println("STOPPED: " + why));
    }

    private static void change(PrintWriter out, String name, Money before, Money after, Money change) {
        out.println(String.format(Locale.ROOT, "%-32s %20s %20s %20s", name, before.usd(), after.usd(), change.usd()));
    }

    private static String far(OutlookAnswer.Distance distance) {
        return distance.reached()
                ? distance.move()
                        + distance.level().map(level -> ", at " + level).orElse("")
                : "not within " + distance.move();
    }
}
