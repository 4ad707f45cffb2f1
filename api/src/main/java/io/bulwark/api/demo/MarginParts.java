package io.bulwark.api.demo;

import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.netting.buffer.HouseBuffer;
import io.bulwark.netting.collateral.AssetClasses;
import io.bulwark.netting.formula.AddOn;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.liquidity.AddOnSlopes.SlopeBasis;
import io.bulwark.netting.liquidity.MarketRecord;
import io.bulwark.netting.liquidity.SlopeBases;
import io.bulwark.netting.volatility.VolatilityParameters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        classes(epoch).ifPresent(lines::add);
        lines.addAll(skews(epoch));
        epoch.buffer()
                .ifPresent(buffer ->
                        lines.add("buffer: held beside initial margin to open, for what neighbours' liquidations do in "
                                + buffer.system().scenarios().size() + " scenarios (tariff "
                                + epoch.sealed().epoch().buffer() + ")"));
        return lines;
    }

    /** How many assets count for less than their listing says, and which. */
    private static Optional<String> classes(ComputedEpoch epoch) {
        AssetClasses classes = epoch.market().inputs().classes();
        if (classes.assets().isEmpty()) {
            return Optional.empty();
        }
        String stricter = epoch.market().listing().assets().stream()
                .flatMap(listed -> classes.of(listed.number()).stream()
                        .filter(classed -> classed.haircut() > listed.haircutPpm())
                        .map(classed -> listed.name() + " " + percent(classed.haircut()) + " for "
                                + percent(listed.haircutPpm())))
                .collect(Collectors.joining(", "));
        return Optional.of("haircuts follow volatility, depth and broken pegs, never below the listing's: "
                + (stricter.isEmpty() ? "none is above it" : stricter));
    }

    private static String percent(long ppm) {
        return BigDecimal.valueOf(ppm, 4).stripTrailingZeros().toPlainString() + " %";
    }

    /** What the wings of quoted options say, and whether it is known yet what is usual. */
    private static List<String> skews(ComputedEpoch epoch) {
        MarketRecord record = epoch.market().inputs().record();
        return epoch.market().listing().groups().stream()
                .flatMap(group -> {
                    MarketRecord.Key key = MarketRecord.Key.skew(group.number());
                    return record.last(key).stream()
                            .mapToObj(skew -> "skew of " + group.name() + ": 25-delta puts " + percent(skew)
                                    + " of volatility above calls; "
                                    + (record.score(key).isPresent()
                                            ? "charged by how unusual that is in its year"
                                            : "charged as usual until 60 days are known, " + record.days(key)
                                                    + " so far"));
                })
                .toList();
    }
}
