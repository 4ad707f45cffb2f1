package io.bulwark.api.scenario;

import io.bulwark.api.door.JsonFields;
import io.bulwark.clearing.instrument.RiskGroup;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundStress;
import io.bulwark.insurance.monitor.ShockedBook;
import io.bulwark.netting.market.Market;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.Submission;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A scenario of somebody's own.
 *
 * @param prices relative move of every asset, ppm
 * @param volatilityPpm shock of volatility, ppm of the full rise that the table prices; below 0 of the full fall
 */
@Serdeable
public record AskedMoves(SortedMap<String, Integer> prices, int volatilityPpm) {
    /** The lowest move: −95 %. */
    public static final int LEAST = -950_000;

    /** The highest move: four times as much again, the largest that the house knows. */
    public static final int MOST = 4_000_000;

    private static final int NAME_MAX = 80;
    private static final int PPM_PLACES = 6;
    private static final int PERCENT_PLACES = 4;

    /** Copies. */
    public AskedMoves {
        prices = Collections.unmodifiableSortedMap(new TreeMap<>(prices));
    }

    /**
     * Reads moves by asset; one that is not named does not move.
     *
     * @throws io.bulwark.clearing.document.BadInput naming field, value and rule
     */
    public static AskedMoves read(JsonFields asked, int volatilityPpm, ComputedEpoch epoch) {
        TreeMap<String, Integer> prices = new TreeMap<>();
        groups(epoch).forEach(group -> prices.put(group, (int) asked.wholeNumber(group, LEAST, MOST, 0)));
        asked.nothingElse();
        return new AskedMoves(prices, volatilityPpm);
    }

    /** The names of the assets that move, in the order of the listing. */
    public static List<String> groups(ComputedEpoch epoch) {
        return epoch.market().listing().groups().stream()
                .map(RiskGroup::name)
                .filter(name -> !name.equals(Market.NUMERAIRE))
                .toList();
    }

    /** The name of such an asset in a field. */
    public static String group(JsonFields asked, String name, ComputedEpoch epoch) {
        String group = asked.text(name, NAME_MAX);
        List<String> groups = groups(epoch);
        if (!groups.contains(group)) {
            throw asked.refuse(name, "must be one of " + groups);
        }
        return group;
    }

    /** The same with one asset moved otherwise. */
    public AskedMoves with(String group, int movePpm) {
        TreeMap<String, Integer> others = new TreeMap<>(prices);
        others.put(group, movePpm);
        return new AskedMoves(others, volatilityPpm);
    }

    /** The book of an epoch in each of some scenarios, by the engine that sizes the fund. */
    public static List<ShockedBook> books(List<AskedMoves> asked, ComputedEpoch epoch, Map<Integer, String> members) {
        RiskTable table = epoch.market()
                .tableOfSubmissions(IntStream.range(0, asked.size())
                        .mapToObj(i -> asked.get(i).submission(Integer.toString(i)))
                        .toList());
        return IntStream.range(0, asked.size())
                .mapToObj(i -> FundStress.shocked(
                        epoch, members, table, i, asked.get(i).text()))
                .toList();
    }

    private Submission submission(String name) {
        return new Submission(name, prices, BigDecimal.valueOf(volatilityPpm, PPM_PLACES));
    }

    /** In words: every asset that moves, and volatility. */
    String text() {
        String moved = prices.entrySet().stream()
                .filter(move -> move.getValue() != 0)
                .map(move -> move.getKey() + " " + percent(move.getValue()))
                .collect(Collectors.joining(", "));
        String volatility = volatilityPpm == 0 ? "" : ", volatility " + percent(volatilityPpm) + " of its full move";
        return (moved.isEmpty() ? "a scenario in which no price moves" : "a scenario of " + moved) + volatility;
    }

    private static String percent(int ppm) {
        String whole = BigDecimal.valueOf(Math.abs(ppm), PERCENT_PLACES)
                .stripTrailingZeros()
                .toPlainString();
        return (ppm < 0 ? "\u2212" : "+") + whole + " %";
    }
}
