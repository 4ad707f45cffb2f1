package io.bulwark.api.epoch;

import io.bulwark.api.door.ExitCode;
import io.bulwark.api.door.VerbCommand;
import io.bulwark.api.house.OpenHouse;
import io.bulwark.clearing.money.Usd;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.formula.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is otherwise in one sealed epoch than in another. */
@Command(
        name = "diff",
        description = {
            "What is otherwise in epoch B than in epoch A: governed numbers, prices, and of every account initial margin, maintenance"
                    + " margin and equity.",
            "Exit code 0: nothing is; 1: something is, with a line for each; 2: one of them is not sealed."
        })
final class DifferenceCommand extends VerbCommand {
    @Parameters(index = "0", paramLabel = "A", description = "A sealed epoch.")
    private long first;

    @Parameters(index = "1", paramLabel = "B", description = "Another.")
    private long second;

    @Override
    public Integer call() {
        List<String> lines =
                OpenHouse.ask(house -> lines(OpenHouse.epoch(house, first), OpenHouse.epoch(house, second)));
        lines.forEach(out()::println);
        if (lines.isEmpty()) {
            out().println("nothing is otherwise in epoch " + second + " than in epoch " + first);
        }
        return lines.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static List<String> lines(ComputedEpoch from, ComputedEpoch to) {
        List<String> lines = new ArrayList<>();
        lines.addAll(changes(
                "parameter",
                texts(from.parameters().values(), Object::toString),
                texts(to.parameters().values(), Object::toString)));
        lines.addAll(changes("price", prices(from), prices(to)));
        lines.addAll(changes("account", accounts(from), accounts(to)));
        return lines;
    }

    private static <T> SortedMap<String, String> texts(Map<String, T> values, Function<T, String> text) {
        SortedMap<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, text.apply(value)));
        return texts;
    }

    private static SortedMap<String, String> prices(ComputedEpoch epoch) {
        SortedMap<String, String> prices = new TreeMap<>();
        for (PriceReport report : epoch.reports()) {
            prices.put(
                    report.subject() + " " + report.measure() + " of venue " + report.venue(),
                    report.value().toString());
        }
        return prices;
    }

    private static SortedMap<String, String> accounts(ComputedEpoch epoch) {
        SortedMap<String, String> accounts = new TreeMap<>();
        for (AccountLine line : epoch.accounts()) {
            Optional<Requirement> given = line.margin().stated().map(stated -> stated.given());
            put(accounts, line.name() + " initial margin", given.map(Requirement::initialMargin));
            put(accounts, line.name() + " maintenance margin", given.map(Requirement::maintenanceMargin));
            put(accounts, line.name() + " equity", given.map(Requirement::equity));
        }
        return accounts;
    }

    private static void put(SortedMap<String, String> accounts, String name, Optional<Long> u) {
        accounts.put(name, u.map(Usd::text).orElse("none"));
    }

    private static List<String> changes(String kind, SortedMap<String, String> from, SortedMap<String, String> to) {
        SortedSet<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(from.get(name), to.get(name)))
                .map(name -> kind + " " + name + ": " + from.getOrDefault(name, "none") + " -> "
                        + to.getOrDefault(name, "none"))
                .toList();
    }
}
