package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.market.Pegs;
import io.bulwark.netting.scenario.CrashReplays.CrashFact;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every fact of the facts file that a reference series covers is found again in the series. */
class CrashReplaysTest {
    private static final Map<String, String> HOURLY = Map.of(
            "2022-05", "venues/market/hourly_luna_2022-05.csv",
            "2022-11", "venues/market/hourly_ftx_2022-11.csv",
            "2023-03", "venues/market/hourly_svb_usdc_2023-03.csv");
    private static final String COINS = "venues/market/daily_close_9assets_2020-10_2024-06.csv";
    private static final String BITCOIN = "venues/market/btcusd_daily_2015_2025-09.csv";
    private static final double PPM = 1e6;

    private final List<CrashFact> facts = facts();

    @Test
    void shouldFindEveryCoveredFactInTheReferenceSeries() {
        List<String> uncovered = new ArrayList<>();
        int covered = 0;
        for (CrashFact fact : facts) {
            OptionalDouble seen = seen(fact);
            if (seen.isPresent()) {
                covered++;
                assertEquals(seen.getAsDouble() * PPM, fact.ppm(), 1 + 1e-3 * PPM * rounded(fact), fact.toString());
            } else {
                uncovered.add((fact.replay() + " " + fact.end() + " " + fact.subject()).strip());
            }
        }
        System.out.println("crash facts: " + covered + " found in reference series; not covered: " + uncovered);
        assertTrue(covered > 60, "covered facts: " + covered);
    }

    @Test
    void shouldGiveTheOthersTheWorstListedCoin() {
        for (CrashDay replay : CrashReplays.of(facts)) {
            if (replay.moves().containsKey("AAVE")) {
                boolean fall = replay.move("ETH") < 0;
                List<Integer> coins = replay.moves().entrySet().stream()
                        .filter(move -> !Set.of("BTC", "ETH", "LUNA", CrashDay.OTHERS, cause(replay))
                                .contains(move.getKey()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
                assertEquals(
                        fall ? coins.getFirst() : coins.getLast(),
                        replay.moves().get(CrashDay.OTHERS),
                        replay.day());
            }
        }
    }

    @Test
    void shouldReplayAtMostSixteenDaysThatAllGroupsTakePartIn() {
        List<CrashDay> replays = CrashReplays.of(facts);
        assertTrue(replays.size() <= 16, "replays: " + replays.size());
        assertEquals(
                replays.size(),
                new HashSet<>(replays.stream().map(CrashDay::day).toList()).size());
        for (CrashDay replay : replays) {
            assertTrue(replay.moves().containsKey("BTC"), replay.day());
            assertEquals(replay.move("ETH") < 0, replay.move("UNKNOWN") < 0, replay.day());
            assertTrue(Math.abs(replay.move("UNKNOWN")) >= Math.abs(replay.move("ETH")), replay.day());
        }
        // 1.4 · −22.984 % is −32.178 %; SOL fell further on that day: −36.133 %.
        assertEquals(-361_330, replay(replays, "2022-05-12").move("UNKNOWN"));
        // 1.4 · −24.0693 % = −33.69702 %, worse than the worst other coin.
        assertEquals(-336_970, replay(replays, "2022-11-09").move("UNKNOWN"));
        assertEquals(-543_112, replay(replays, "2022-11-09").move("SOL"));
        assertEquals(-990_000, replay(replays, "2022-05-12").move("LUNA"));
    }

    @Test
    void shouldBreakPegsAtLeastAsDeepAsTheyHaveBroken() {
        ParameterSet founding = ParameterSet.founding();
        for (CrashFact fact : facts) {
            if (fact.peg().isPresent()) {
                String asset = fact.peg().orElseThrow();
                boolean stable = !asset.endsWith("ETH");
                long governed = founding.value(Pegs.peg(asset, stable));
                assertTrue(governed <= fact.ppm(), asset + ": " + governed);
            }
        }
    }

    @Test
    void shouldRefuseAFactThatBelongsNowhere() {
        assertThrows(IllegalArgumentException.class, () -> new CrashFact("", "2020-03-12", "BTC", -1, "s"));
        assertThrows(IllegalArgumentException.class, () -> new CrashFact("d", "2020-03-12", "peg X", -1, "s"));
        assertThrows(IllegalArgumentException.class, () -> new CrashFact("d", "2020-03-12", "BTC", -1_000_000, "s"));
        assertThrows(IllegalArgumentException.class, () -> new CrashFact("d", "2020-03-12", "BTC", -1, " "));
        CrashFact bitcoin = new CrashFact("d", "2020-03-12", "BTC", -1, "s");
        assertThrows(IllegalArgumentException.class, () -> CrashReplays.of(List.of(bitcoin, bitcoin)));
        assertThrows(IllegalArgumentException.class, () -> CrashReplays.of(List.of(bitcoin)));
    }

    /** Facts given in tenths of a per cent may differ by half of that from the series. */
    private static int rounded(CrashFact fact) {
        return fact.ppm() % 100 == 0 ? 1 : 0;
    }

    private static String cause(CrashDay replay) {
        return replay.day().startsWith("2022-11") ? "SOL" : replay.day().equals("2023-03-13 up") ? "MKR" : "";
    }

    private static CrashDay replay(List<CrashDay> replays, String day) {
        return replays.stream().filter(r -> r.day().equals(day)).findFirst().orElseThrow();
    }

    /** The move of a fact in the series, where one covers its very window. */
    private static OptionalDouble seen(CrashFact fact) {
        if (fact.peg().isPresent()) {
            return peg(fact);
        }
        if (fact.end().contains("T")) {
            return hourly(fact);
        }
        if (fact.source().startsWith("Binance daily")) {
            return daily(COINS, "date_utc", fact.subject(), fact.end());
        }
        if (fact.source().startsWith("Coinbase daily")) {
            return daily(BITCOIN, "timestamp", "close", fact.end() + " 00:00:00");
        }
        return fact.source().contains(" on Hyperliquid; public replay") ? cascade(fact) : OptionalDouble.empty();
    }

    private static OptionalDouble hourly(CrashFact fact) {
        TreeMap<String, Double> closes = new TreeMap<>();
        rows(Objects.requireNonNull(HOURLY.get(fact.end().substring(0, 7)))).stream()
                .filter(row -> fact.subject().equals(row.get("asset")))
                .forEach(row -> closes.put(row.get("open_time_utc"), number(row, "close")));
        int at = List.copyOf(closes.keySet()).indexOf(fact.end());
        List<Double> prices = List.copyOf(closes.values());
        return at < 24 ? OptionalDouble.empty() : OptionalDouble.of(prices.get(at) / prices.get(at - 24) - 1);
    }

    private static OptionalDouble daily(String file, String day, String column, String end) {
        List<Map<String, String>> rows = rows(file);
        for (int i = 1; i < rows.size(); i++) {
            if (end.equals(rows.get(i).get(day)) && rows.get(i).containsKey(column)) {
                return OptionalDouble.of(number(rows.get(i), column) / number(rows.get(i - 1), column) - 1);
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble cascade(CrashFact fact) {
        for (JsonNode event : json("contagion/historic_events.json").path("cases")) {
            if (event.path("id").asText().equals("oct10-2025-hyperliquid")) {
                JsonNode prices =
                        event.path("inputs").path("figures").path(fact.subject().toLowerCase(java.util.Locale.ROOT));
                return OptionalDouble.of(
                        prices.path(1).asDouble() / prices.path(0).asDouble() - 1);
            }
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble peg(CrashFact fact) {
        return switch (fact.peg().orElseThrow()) {
            case "stETH" ->
                rows("margin/steth_eth_2022.csv").stream()
                        .filter(row -> fact.end().equals(row.get("date")))
                        .mapToDouble(row -> number(row, "steth_eth") - 1)
                        .findFirst();
            case "rsETH" ->
                OptionalDouble.of(json("contagion/historic_events.json")
                        .path("cases")
                        .path(0)
                        .path("inputs")
                        .path("replay")
                        .path("shock")
                        .path("rsETH")
                        .asDouble());
            default -> OptionalDouble.empty();
        };
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(Objects.requireNonNull(row.get(column)));
    }

    static List<CrashFact> facts() {
        try (InputStream file = Objects.requireNonNull(CrashReplays.class.getResourceAsStream(CrashReplays.RESOURCE))) {
            return new CsvMapper()
                    .readerFor(CrashFact.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .<CrashFact>readValues(file)
                    .readAll();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Map<String, String>> rows(String file) {
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader().withComments())
                .readValues(SharedReference.read(file))) {
            return rows.readAll();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(SharedReference.read(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
