package io.bulwark.api.riskarray;

import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.money.Usd;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.venuemargin.SpanMargin;
import io.bulwark.netting.venuemargin.SpanParameters;
import io.bulwark.netting.venuemargin.SpanScan;
import io.bulwark.netting.venuemargin.VenueBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The risk arrays of a table: what one long lot of each instrument gains or loses in each scenario.
 *
 * @param array which scenarios: table or span-16
 * @param table SHA-256 of the table, hexadecimal
 * @param scenarios one per column
 * @param rows one per instrument; a two-asset product has a second one for lots held short
 */
record RiskArrays(String array, String table, List<Scenario> scenarios, List<Row> rows) {
    private static final int MILLION = 1_000_000;

    /** Copies and checks that every row has every scenario. */
    public RiskArrays {
        scenarios = List.copyOf(scenarios);
        rows = List.copyOf(rows);
        for (Row row : rows) {
            if (row.profits().size() != scenarios.size()) {
                throw new IllegalArgumentException(
                        row.id() + " has " + row.profits().size() + " of " + scenarios.size() + " scenarios");
            }
        }
    }

    /**
     * One column.
     *
     * @param number from 0; a row of the table that only fills a place is left out
     * @param move what moves: point (ppm of the price range), absolute (ppm), scan (ppm of the scan range), counter with the number of the
     *     group that moves by ppm of its range while every other moves the other way, or the name of a replay or submission
     * @param movePpm the move; 0 for a named one
     * @param shift star shift: −1, 0 or 1
     * @param volatilityPpm share of the full volatility shock, ppm
     * @param coverPpm share of the loss that counts, ppm
     */
    record Scenario(int number, String move, long movePpm, int shift, long volatilityPpm, long coverPpm) {}

    /**
     * One array.
     *
     * @param number permanent number of the instrument
     * @param id its name
     * @param group its risk group
     * @param side long, or short where a two-asset product has other figures for lots held short
     * @param value mark of one lot, u
     * @param profits profit or loss of one long lot per scenario, u
     */
    record Row(int number, String id, String group, String side, long value, List<Long> profits) {
        /** Copies the profits. */
        public Row {
            profits = List.copyOf(profits);
        }
    }

    /** The table's own scenario rows, by their numbers; one that only fills a place is none. */
    public static RiskArrays ofTable(RiskTable table) {
        List<Integer> kept = IntStream.range(0, table.rowCount())
                .filter(row -> !table.fillsPlace(row))
                .boxed()
                .toList();
        Map<Integer, String> groups = groups(table);
        List<Row> rows = table.instruments().stream()
                .flatMap(instrument -> Stream.concat(
                        Stream.of(row(instrument, groups, "long", instrument.row(), kept)),
                        instrument.rowShort().stream().map(column -> row(instrument, groups, "short", column, kept))))
                .toList();
        List<Scenario> scenarios =
                kept.stream().map(i -> scenario(i, table.rows().get(i))).toList();
        return new RiskArrays("table", table.digest().hex(), scenarios, rows);
    }

    /**
     * The columns of a SPAN-like scan, from the prices that the table was built from. An instrument of an underlying without ranges has no row.
     *
     * @throws BadInput if the table does not state the contracts it was built from
     */
    public static RiskArrays ofScan(RiskTable table, SpanParameters parameters) {
        Map<Integer, String> groups = groups(table);
        try {
            List<Row> rows = table.instruments().stream()
                    .flatMap(instrument -> scanned(table, instrument, groups, parameters))
                    .toList();
            List<Scenario> scenarios = Stream.iterate(
                            0, i -> i < parameters.scenarios().size(), i -> i + 1)
                    .map(i -> scenario(i, parameters.scenarios().get(i)))
                    .toList();
            return new RiskArrays("span-16", table.digest().hex(), scenarios, rows);
        } catch (IllegalArgumentException e) {
            throw new BadInput("table", table.digest().hex(), String.valueOf(e.getMessage()));
        }
    }

    private static Map<Integer, String> groups(RiskTable table) {
        return table.groups().stream().collect(Collectors.toMap(Group::number, Group::id));
    }

    private static Row row(
            InstrumentRisk instrument, Map<Integer, String> groups, String side, IntColumn column, List<Integer> kept) {
        return new Row(
                instrument.number(),
                instrument.id(),
                group(groups, instrument),
                side,
                instrument.value(),
                kept.stream().map(row -> (long) column.at(row)).toList());
    }

    private static String group(Map<Integer, String> groups, InstrumentRisk instrument) {
        return groups.getOrDefault(instrument.group(), String.valueOf(instrument.group()));
    }

    private static Stream<Row> scanned(
            RiskTable table, InstrumentRisk instrument, Map<Integer, String> groups, SpanParameters parameters) {
        MarginAccount lot =
                new MarginAccount(0, List.of(new Entry(instrument.number(), 1)), List.of(), List.of(), List.of());
        Function<Double, Long> units = loss -> BigDecimal.valueOf(-loss)
                .movePointRight(decimals())
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
        return SpanScan.margin(parameters, VenueBook.of(table, lot).underlyings()).commodities().stream()
                .map(SpanMargin.Commodity::losses)
                .map(losses -> new Row(
                        instrument.number(),
                        instrument.id(),
                        group(groups, instrument),
                        "long",
                        instrument.value(),
                        losses.stream().map(units).toList()));
    }

    private static int decimals() {
        return BigDecimal.valueOf(Usd.UNITS).precision() - 1;
    }

    private static Scenario scenario(int number, ScenarioRow row) {
        long volatility = ppm(row.volatilityShock());
        return switch (row.move()) {
            case ScenarioRow.PricePoint point ->
                new Scenario(number, "point", point.point(), point.shift(), volatility, MILLION);
            case ScenarioRow.Absolute absolute ->
                new Scenario(number, "absolute", absolute.ppm(), 0, volatility, MILLION);
            case ScenarioRow.Replay replay -> new Scenario(number, replay.day(), 0, 0, volatility, MILLION);
            case ScenarioRow.Submission submission ->
                new Scenario(number, submission.name(), 0, 0, volatility, MILLION);
            case ScenarioRow.Counter counter ->
                new Scenario(number, "counter " + counter.group(), counter.point(), 0, volatility, MILLION);
            case ScenarioRow.Pad ignored -> new Scenario(number, "pad", 0, 0, volatility, MILLION);
        };
    }

    private static Scenario scenario(int number, SpanParameters.Scenario scenario) {
        return new Scenario(
                number,
                "scan",
                ppm(BigDecimal.valueOf(scenario.price())),
                0,
                ppm(BigDecimal.valueOf(scenario.volatility())),
                ppm(BigDecimal.valueOf(scenario.cover())));
    }

    private static long ppm(BigDecimal share) {
        return share.movePointRight(6).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
