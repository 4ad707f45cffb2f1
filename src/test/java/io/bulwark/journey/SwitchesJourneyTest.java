package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever its governance switches on, a house that seals is served: every combination of the governed switches is
 * sealed, assessed, answered on every page of the fund, replayed, and computed by the circuit.
 */
@Drawn(0)
@OfHouse
class SwitchesJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SWITCHES = List.of(
            "table.design",
            "table.skeleton",
            "table.venues",
            "buffer.published",
            "buffer.unwindTogether",
            "liquidity.observed",
            "liquidity.skew",
            "collateral.observed",
            "volatility.sided");
    /** Sets that net are read by who publishes a buffer alone; the skeleton, observations and sides by who publishes every family. */
    private static final List<Map<String, Integer>> UNREAD = List.of(
            Map.of("buffer.published", 0, "buffer.unwindTogether", 1),
            Map.of("table.design", 0, "table.skeleton", 0),
            Map.of("table.design", 0, "liquidity.observed", 0),
            Map.of("table.design", 0, "collateral.observed", 0),
            Map.of("liquidity.observed", 0, "liquidity.skew", 0),
            Map.of("table.design", 0, "volatility.sided", 0));

    private static final int DRAWN = 4;

    private static final List<String> PAGES = List.of(
            "/health",
            "/fund",
            "/fund/board",
            "/fund/distance",
            "/fund/venues",
            "/fund/price",
            "/fund/capital",
            "/fund/settlement",
            "/fund/proofs",
            "/disclosures",
            "/accounts",
            "/accounts/0",
            "/epochs/latest");

    @Test
    @Sized
    void shouldServeWhateverItSeals(@TempDir Path home) throws Exception {
        List<String> refused = new ArrayList<>();
        try (House house = House.open(new Home(home));
                HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of());
                HttpClient client = HttpClient.newHttpClient();
                SolvedAccounts circuit = new SolvedAccounts()) {
            for (Map<String, Integer> chosen : choices()) {
                ComputedEpoch sealed = seal(house, chosen);
                for (String page : PAGES) {
                    HttpResponse<String> answer = get(client, door.link(), page);
                    if (answer.statusCode() != 200) {
                        refused.add(chosen + " " + page + ": " + answer.statusCode() + " " + answer.body());
                    }
                }
                HttpResponse<String> answer =
                        post(client, door.link(), "/fund/counterfactual", "{\"scalePpm\": 2000000}");
                if (answer.statusCode() != 200) {
                    refused.add(chosen + " /fund/counterfactual: " + answer.statusCode() + " " + answer.body());
                }
                HttpResponse<String> network = get(client, door.link(), "/fund/network");
                if (network.statusCode() != 200 && !network.body().contains("table.venues")) {
                    refused.add(chosen + " /fund/network: " + network.statusCode() + " " + network.body());
                }
                Replay replay = house.archive().replay(sealed.number()).orElseThrow();
                assertTrue(replay.equal(), chosen + ": " + replay);
                assertEquals(sealed.accounts().size(), circuit.assertSolved(house, sealed), chosen::toString);
            }
        }
        refused.forEach(System.out::println);
        assertEquals(List.of(), refused);
    }

    /** The tree of a table is as deep as the house was founded: another root, the same margins, and the same again from the books. */
    @Test
    void shouldSealTablesInTheTreeThatItWasFoundedWith(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            ComputedEpoch usual = seal(house, Map.of("table.depth", 5));
            ComputedEpoch shallow = seal(house, Map.of("table.depth", 4, "buffer.published", 0));
            assertEquals(5, usual.table().treeDepth());
            assertEquals(4, shallow.table().treeDepth());
            assertNotEquals(
                    usual.sealed().epoch().tableRoot(), shallow.sealed().epoch().tableRoot());
            assertEquals(margins(usual), margins(shallow));
            Replay replay = house.archive().replay(shallow.number()).orElseThrow();
            assertTrue(replay.equal(), replay::toString);
        }
        Verb.refused(2, home, "must be an epoch with a contagion buffer", "fund", "undeclared");
    }

    private static List<Long> margins(ComputedEpoch epoch) {
        return epoch.accounts().stream()
                .flatMap(account -> account.margin().stated().stream())
                .map(stated -> stated.initialMargin())
                .toList();
    }

    /**
     * By night every combination that is read; with a commit some, drawn by its hash, of the fewest that show all
     * that two switches can be together.
     */
    private static List<Map<String, Integer>> choices() {
        List<Map<String, Integer>> all = IntStream.range(0, 1 << SWITCHES.size())
                .mapToObj(SwitchesJourneyTest::chosen)
                .filter(chosen ->
                        UNREAD.stream().noneMatch(unread -> chosen.entrySet().containsAll(unread.entrySet())))
                .toList();
        if (Tier.isSoak()) {
            return all;
        }
        List<Map<String, Integer>> some = new ArrayList<>();
        Set<Set<Map.Entry<String, Integer>>> shown = new HashSet<>();
        Map<String, Integer> next = all.getLast();
        while (shown.addAll(pairs(next))) {
            some.add(next);
            next = Collections.max(
                    all,
                    Comparator.comparingLong(choice -> pairs(choice).stream()
                            .filter(pair -> !shown.contains(pair))
                            .count()));
        }
        return Tier.drawn(some.size(), DRAWN).stream().map(some::get).toList();
    }

    private static List<Set<Map.Entry<String, Integer>>> pairs(Map<String, Integer> chosen) {
        return chosen.entrySet().stream()
                .flatMap(a -> chosen.entrySet().stream()
                        .filter(b -> a.getKey().compareTo(b.getKey()) < 0)
                        .map(b -> Set.of(Map.entry(a.getKey(), a.getValue()), Map.entry(b.getKey(), b.getValue()))))
                .toList();
    }

    private static Map<String, Integer> chosen(int choice) {
        Map<String, Integer> chosen = new TreeMap<>();
        IntStream.range(0, SWITCHES.size()).forEach(i -> chosen.put(SWITCHES.get(i), choice >> i & 1));
        return chosen;
    }

    private static ComputedEpoch seal(House house, Map<String, Integer> chosen)
            throws IOException, InterruptedException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        chosen.forEach(((ObjectNode) file.get("parameters"))::put);
        Foundation founded = house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
        ComputedEpoch epoch = house.cycle().seal(founded);
        house.cycle().assess(epoch);
        PaidCalls.inFull(house);
        return epoch;
    }

    private static HttpResponse<String> get(HttpClient client, URI link, String page)
            throws IOException, InterruptedException {
        return send(client, HttpRequest.newBuilder(link.resolve(page)).GET(), link);
    }

    private static HttpResponse<String> post(HttpClient client, URI link, String page, String body)
            throws IOException, InterruptedException {
        return send(
                client,
                HttpRequest.newBuilder(link.resolve(page)).POST(HttpRequest.BodyPublishers.ofString(body)),
                link);
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request, URI link)
            throws IOException, InterruptedException {
        return client.send(
                request.header("Authorization", DoorToken.header(link))
                        .header("Content-Type", "application/json")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
