package io.bulwark.api.demo;

import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.SlopeBases;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the margins of a house are made of, an account a line and a component a column; a component that nobody is charged has none. */
final class MarginParts {
    private static final String STRESS = "stress";
    private static final String SHORTFALL = "shortfall";

    private static final String BUFFER = "+ buffer";

    private MarginParts() {}

    /**
     * The table, its header first: the core is the larger of the first two columns; initial margin is core and add-ons, or the minimum; the
     * contagion buffer stands beside it.
     */
    static List<String> lines(ComputedEpoch epoch) {
        Map<String, Map<String, Long>> charged = new TreeMap<>();
        for (AccountLine line : epoch.accounts()) {
            line.margin().stated().ifPresent(stated -> charged.put(line.name(), parts(stated.given())));
        }
        List<String> columns = new ArrayList<>(List.of(STRESS, SHORTFALL));
        for (AddOn addOn : AddOn.values()) {
            if (charged.values().stream().anyMatch(parts -> parts.containsKey(addOn.label()))) {
                columns.add(addOn.label());
            }
        }
        epoch.buffer().ifPresent(buffer -> {
            columns.add(BUFFER);
            for (AccountLine line : epoch.accounts()) {
                buffer.charge(Integer.toString(line.number()))
                        .map(HouseBuffer::inU)
                        .ifPresent(held -> charged.computeIfAbsent(line.name(), ignored -> new TreeMap<>())
                                .put(BUFFER, held));
            }
        });
        List<String> lines = new ArrayList<>();
        lines.add(line("of it, USD", columns));
        charged.forEach((account, parts) -> lines.add(line(
                account,
                columns.stream()
                        .map(column -> dollars(parts.getOrDefault(column, 0L)))
                        .toList())));
        return lines;
    }

    private static Map<String, Long> parts(Requirement given) {
        Map<String, Long> parts = given.charges().stream()
                .collect(Collectors.groupingBy(
                        charge -> charge.addOn().label(),
                        TreeMap::new,
                        Collectors.summingLong(Requirement.Charge::amount)));
        parts.put(STRESS, given.stress());
        parts.put(SHORTFALL, given.shortfall());
        return parts;
    }

    private static String line(String account, List<String> cells) {
        return String.format(Locale.ROOT, "%-10s", account)
                + cells.stream()
                        .map(cell -> String.format(Locale.ROOT, " %15s", cell))
                        .collect(Collectors.joining());
    }

    /** A figure of the demonstration: four decimals, which is every digit that there is. */
    static String dollars(long units) {
        return String.format(Locale.ROOT, "%,.4f", new BigDecimal(Usd.text(units)));
    }

    /** What ranges, sizes and the buffer rest on, after an empty line. */
    static List<String> grounds(ComputedEpoch epoch) {
        List<String> lines = new ArrayList<>(List.of(""));
        if (epoch.table().esRowCount() > 1) {
            lines.add("ranges and rows of expected shortfall rest on the price history, either side within "
                    + epoch.parameters().value(VolatilityParameters.YEAR_TIMES) + " times of its last year");
        }
        SlopeBases.of(epoch.table())
                .ifPresent(bases -> lines.add("size rests on what venues show and accounts hold: "
                        + bases.count(SlopeBasis.OBSERVED) + " slopes observed, " + bases.count(SlopeBasis.FLOOR)
                        + " at a governed floor, " + bases.count(SlopeBasis.GOVERNED) + " governed"));
        epoch.buffer()
                .ifPresent(buffer ->
                        lines.add("buffer: held beside initial margin to open, for what neighbours' liquidations do in "
                                + buffer.system().scenarios().size() + " scenarios (tariff "
                                + epoch.sealed().epoch().buffer() + ")"));
        return lines;
    }
}
