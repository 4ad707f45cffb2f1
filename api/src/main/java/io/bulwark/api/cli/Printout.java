package io.bulwark.api.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.bulwark.api.inquiry.Figures;
import io.bulwark.api.inquiry.MarginAnswer;
import io.bulwark.api.inquiry.Money;
import io.bulwark.api.inquiry.WhatIfAnswer;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.margin.Explanation;
import java.io.PrintWriter;
import java.util.Locale;

/** Answers as a person wants to read them, or as the JSON that the API gives. */
public final class Printout {
    private static final JsonInclude.Value WITHOUT_ABSENT =
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(WITHOUT_ABSENT)
            .build();

    private final PrintWriter out;

    /** Prints there. */
    public Printout(PrintWriter out) {
        this.out = out;
    }

    /** One JSON object. */
    public void json(Object answer) {
        try {
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answer must have a JSON form", e);
        }
    }

    /** A margin with its explanation. */
    void margin(MarginAnswer answer) {
        Figures figures = answer.asBooked();
        line(
                "state",
                answer.state()
                        + (answer.counting().equals("given") ? "" : " (by its allocation " + answer.counting() + ")"));
        amount("equity", figures.equity());
        amount("initial margin", figures.initialMargin());
        amount("maintenance margin", figures.maintenanceMargin());
        amount("equity over initial margin", figures.excessInitial());
        amount("equity over maintenance margin", figures.excessMaintenance());
        answer.buffer().ifPresent(buffer -> {
            amount("contagion buffer", buffer.buffer());
            amount("equity over margin and buffer", buffer.excess());
        });
        line("worst scenario", answer.worstScenario());
        answer.byVenue().filter(apart -> apart.venues().size() > 1).ifPresent(apart -> {
            apart.venues().forEach(venue -> amount("  " + venue.venue() + " alone", venue.initialMargin()));
            amount("margins of its venues one by one", apart.apart());
            amount("saved by netting across venues", apart.saved());
        });
        answer.uncredited()
                .forEach(held -> line(
                        "  not credited",
                        held.quantity() + " " + held.asset() + " at " + held.venue() + ": " + held.why()));
        answer.hedging().filter(hedging -> hedging.lines().size() > 1).ifPresent(hedging -> {
            amount("margins of its entries one by one", Money.of(hedging.standalone()));
            amount("saved by holding them together", Money.of(hedging.benefit()));
        });
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
    }

    /** What changes would do. */
    void whatIf(WhatIfAnswer answer) {
        out.println(String.format(Locale.ROOT, "%-32s %20s %20s %20s", "USD", "before", "after", "change"));
        change(
                "equity",
                answer.before().asBooked().equity(),
                answer.after().asBooked().equity(),
                answer.change().equity());
        change(
                "initial margin",
                answer.before().asBooked().initialMargin(),
                answer.after().asBooked().initialMargin(),
                answer.change().initialMargin());
        change(
                "maintenance margin",
                answer.before().asBooked().maintenanceMargin(),
                answer.after().asBooked().maintenanceMargin(),
                answer.change().maintenanceMargin());
        change(
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
        out.println();
        out.println("after the changes");
        margin(answer.after());
    }

    private void amount(String name, Money money) {
        out.println(String.format(Locale.ROOT, "%-36s %20s USD", name, money.usd()));
    }

    private void line(String name, String text) {
        out.println(String.format(Locale.ROOT, "%-36s %s", name, text));
    }

    private void change(String name, Money before, Money after, Money change) {
        out.println(String.format(Locale.ROOT, "%-32s %20s %20s %20s", name, before.usd(), after.usd(), change.usd()));
    }
}
