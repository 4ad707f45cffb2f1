package io.bulwark.api.account;

import io.bulwark.api.door.Money;
import io.bulwark.api.venuemargin.VenueMarginAnswer;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.margin.Explanation;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** Margins as a person wants to read them. */
public final class MarginTable {
    private static final int PERCENT = 4;

    private final PrintWriter out;

    /** Prints there. */
    public MarginTable(PrintWriter out) {
        this.out = out;
    }

    /** A margin with its explanation. */
    public void margin(MarginAnswer answer) {
        Figures figures = answer.asBooked();
        line(
                "state",
                answer.state()
                        + (answer.counting().equals("given") ? "" : " (by its allocation " + answer.counting() + ")"));
        amount("equity", figures.equity());
        answer.byVenue().ifPresent(this::modes);
        amount("initial margin", figures.initialMargin());
        amount("maintenance margin", figures.maintenanceMargin());
        amount("equity over initial margin", figures.excessInitial());
        amount("equity over maintenance margin", figures.excessMaintenance());
        answer.buffer().ifPresent(buffer -> {
            amount("contagion buffer", buffer.buffer());
            amount("equity over margin and buffer", buffer.excess());
        });
        answer.superseded()
                .forEach(wrong -> line(
                        "rests not on",
                        "snapshot " + wrong.snapshot() + " of " + wrong.venue() + "/" + wrong.address()
                                + ", superseded: " + wrong.reason()));
        line("worst scenario", answer.worstScenario());
        answer.byVenue().filter(apart -> apart.venues().size() > 1).ifPresent(apart -> {
            apart.venues()
                    .forEach(venue ->
                            amount("  " + venue.venue() + ", " + venue.mode() + ", alone", venue.initialMargin()));
            amount("margins of its venues one by one", apart.apart());
            amount("saved by netting across venues", apart.saved());
        });
        answer.uncredited()
                .forEach(held -> line(
                        "  not credited",
                        held.quantity() + " " + held.asset() + " at " + held.venue() + ": " + held.why()));
        answer.standings().forEach(counted -> line("  " + counted.venue() + " by its own count", counted.text()));
        answer.hedging().filter(hedging -> hedging.lines().size() > 1).ifPresent(hedging -> {
            amount("margins of its entries one by one", Money.of(hedging.standalone()));
            amount("saved by holding them together", Money.of(hedging.benefit()));
        });
        answer.venueRisk().ifPresent(this::venueRisk);
        out.println("why:");
        for (Explanation.Term term : answer.terms()) {
            out.println(String.format(
                    Locale.ROOT, "  %-20s %-28s %20s USD", term.name(), term.subject(), Usd.text(term.amount())));
        }
        out.println(String.format(
                Locale.ROOT,
                "  %-49s %20s USD",
                "= initial margin",
                figures.initialMargin().usd()));
        if (!answer.greeks().isEmpty()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-28s %20s %20s %20s %20s",
                    "Greeks, USD",
                    "delta",
                    "gamma for 1 %",
                    "vega for a point",
                    "theta"));
            answer.greeks().forEach(this::greeks);
        }
        if (!answer.sizes().isEmpty()) {
            out.println("charges for size rest on:");
            answer.sizes().forEach(ground -> line("  " + ground.of(), sizes(ground)));
        }
    }

    private void greeks(MarginAnswer.Greeks line) {
        out.println(String.format(
                Locale.ROOT,
                "  %-26s %20s %20s %20s %20s",
                line.group() + line.days().map(days -> ", " + days + " d").orElse(""),
                line.delta().usd(),
                line.gammaPerPercent().usd(),
                line.vegaPerPoint().usd(),
                line.theta().usd()));
    }

    private static String sizes(SizeGround ground) {
        return ground.spread().map(basis -> "spread " + basis + ", ").orElse("") + "of longs " + ground.longs()
                + ", of shorts " + ground.shorts();
    }

    /** What stands behind the connections: modes of which the account has nothing are left out. */
    private void modes(MarginByVenue answer) {
        answer.modes().stream()
                .filter(mode -> mode.equity().u() != 0
                        || answer.venues().stream()
                                .anyMatch(venue -> venue.mode().equals(mode.mode())))
                .forEach(mode -> amount("  of it " + mode.mode(), mode.equity()));
        if (answer.cashResidual().u() != 0) {
            amount("  charged on cash that is owed", answer.cashResidual());
        }
    }

    private void venueRisk(VenueRiskAnswer answer) {
        out.println("of it, what its venues may do on their own:");
        amount("  what they may close on the way", answer.prefunding());
        amount("  marks that part by venue", answer.dislocation());
        answer.marks()
                .forEach(mark -> line(
                        "    " + mark.group() + " at " + mark.venue(),
                        percent(mark.ppm()) + " of the delta there, " + mark.basis()
                                + mark.observedPpm()
                                        .map(ppm -> ": marks parted by " + percent(ppm) + " in " + mark.days()
                                                + (mark.days() == 1 ? " day" : " days"))
                                        .orElse("")));
        amount("  money that could be sent", answer.free());
        answer.venues().forEach(venue -> {
            line("  " + venue.venue() + ", " + venue.mode(), standing(venue));
            venue.tier()
                    .ifPresent(tier -> line("    a claim on it", tier + ": " + percent(venue.creditPpm()) + " off"));
        });
    }

    private static String percent(long ppm) {
        return BigDecimal.valueOf(ppm, PERCENT).stripTrailingZeros().toPlainString() + " %";
    }

    private static String standing(VenueRiskAnswer.Venue venue) {
        String stands = (venue.told() ? "" : "does not tell what it counts, so ")
                + (venue.distance().u() < 0
                        ? "may act now: " + venue.distance().usd() + " USD"
                        : venue.distance().usd() + " USD from acting");
        String missing = venue.missing().u() > 0 ? "; up to " + venue.missing().usd() + " USD missing on the way" : "";
        return stands
                + missing
                + venue.cure()
                        .map(cure -> "; " + cure.usd() + " USD more there and nothing is charged")
                        .orElse("");
    }

    /** What other venues would ask beside it. */
    void venues(VenueMarginAnswer answer) {
        out.println(String.format(
                Locale.ROOT, "%-16s %18s %18s %18s  %s", "USD", "initial", "maintenance", "convex initial", "engine"));
        venue(
                "bulwark",
                answer.bulwarkInitial(),
                answer.bulwarkMaintenance(),
                answer.bulwarkInitial(),
                "this house's own margin, add-ons included");
        answer.venues().forEach(line -> {
            venue(
                    line.engine(),
                    line.initial(),
                    line.maintenance(),
                    line.convexInitial(),
                    line.title() + ", " + line.version() + ", " + line.form());
            line.leftOut().forEach(left -> out.println("  left out: " + left));
        });
    }

    private void venue(String name, Money initial, Money maintenance, Money convex, String text) {
        out.println(String.format(
                Locale.ROOT, "%-16s %18s %18s %18s  %s", name, initial.usd(), maintenance.usd(), convex.usd(), text));
    }

    private void amount(String name, Money money) {
        out.println(String.format(Locale.ROOT, "%-36s %20s USD", name, money.usd()));
    }

    private void line(String name, String text) {
        out.println(String.format(Locale.ROOT, "%-36s %s", name, text));
    }
}
