package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.adapter.recording.Recording;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.api.http.HttpFrontDoor;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.margincall.LiquidationOrders;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.margincall.CallRecord.MarginCall.Stage;
import io.bulwark.netting.margin.AccountState;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call runs over epochs by their own times: one for a price that swings, failed when its time is out, met when it is clear. */
@OfHouse
@Drawn(0)
class MarginCallJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant RECORDED = Instant.ofEpochMilli(1_716_487_860_000L);
    private static final String DRACO = "DRACO";

    /** Marks of ETH at one venue: DRACO is short there and long at another, so its equity follows the first alone. */
    private static final String CLEAR = "3784.8";

    private static final String ABOVE = "3894.8";
    private static final String BELOW = "3909.8";

    @Test
    void shouldCallOnceAndLetTheClockRun(@TempDir Path home) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = founded(house);
            List<ComputedEpoch> epochs = new ArrayList<>();
            epochs.add(seal(house, founded, 0, CLEAR));
            assertEquals(Optional.empty(), call(epochs.getFirst()));
            assertTrue(epochs.getFirst()
                    .calls()
                    .of(number(epochs.getFirst(), "ERIDANUS"))
                    .orElseThrow()
                    .liquidates());
            for (int swing = 0; swing < 5; swing++) {
                epochs.add(seal(house, founded, 2 * swing + 1, BELOW));
                assertEquals(AccountState.CALL, state(epochs.getLast()), "swing " + swing);
                epochs.add(seal(house, founded, 2 * swing + 2, ABOVE));
                assertEquals(AccountState.OPEN, state(epochs.getLast()), "swing " + swing);
                assertEquals(Stage.RUNNING, call(epochs.getLast()).orElseThrow().stage(), "open, and not yet clear");
            }
            MarginCall running = call(epochs.getLast()).orElseThrow();
            assertEquals(RECORDED.plus(Duration.ofMinutes(1)), running.opened(), "ten crossings, one call");
            assertEquals(running.opened().plus(Duration.ofHours(1)), running.due());
            assertEquals(Optional.empty(), LiquidationOrders.of(epochs.getLast(), number(epochs.getLast(), DRACO)));
            aTimeToComeIsRefused(house, founded);
            Foundation extended = founded(house, number(epochs.getLast(), DRACO));
            epochs.add(seal(house, extended, 62, ABOVE));
            assertEquals(Stage.RUNNING, call(epochs.getLast()).orElseThrow().stage(), "governance gave it an hour");
            assertEquals(
                    running.due().plus(Duration.ofHours(1)),
                    call(epochs.getLast()).orElseThrow().due());
            epochs.add(seal(house, extended, 122, ABOVE));
            MarginCall failed = call(epochs.getLast()).orElseThrow();
            assertEquals(Stage.FAILED, failed.stage());
            LiquidationOrders orders = LiquidationOrders.of(epochs.getLast(), number(epochs.getLast(), DRACO))
                    .orElseThrow();
            assertTrue(orders.plan().restores() && !orders.plan().batches().isEmpty(), orders.plan()::toString);
            isTold(house, epochs.getLast());
            isServedAgainAfterPostgresDied(house, home);
            epochs.add(seal(house, extended, 123, CLEAR));
            assertEquals(
                    Stage.MET,
                    epochs.getLast()
                            .calls()
                            .calls()
                            .get(number(epochs.getLast(), DRACO))
                            .stage());
            epochs.add(seal(house, extended, 124, CLEAR));
            assertEquals(Optional.empty(), call(epochs.getLast()));
            for (int i : List.of(1, 2, epochs.size() - 4, epochs.size() - 3, epochs.size() - 1)) {
                var replay = house.archive().replay(epochs.get(i).number()).orElseThrow();
                assertTrue(replay.equal(), replay::toString);
                assertEquals(
                        "margin calls before", replay.comparisons().getLast().name());
                assertFalse(replay.comparisons().getLast().sealed().equals(Digest.ZERO));
            }
            refuses(house);
            isOtherwise(home, epochs.get(0), epochs.get(1));
            isAudited(home, epochs.getLast());
            System.out.println("DRACO was called " + running.called() + " u; liquidated in "
                    + orders.plan().batches().size() + " batches for "
                    + orders.plan().cost() + " u");
        }
    }

    /** A venue that says it is 2096 would be the last that the house heard of: it is kept aside, and time goes on. */
    private static void aTimeToComeIsRefused(House house, Foundation founded) throws IOException, InterruptedException {
        Instant far = Instant.parse("2096-01-01T00:00:00Z");
        long entries = intake(house, founded, later(far, ABOVE));
        assertEquals(0, entries);
        QuarantinedPayload refused = house.ledger().quarantine(0, 100).getLast();
        assertEquals("horizon", refused.refusal().field());
        assertEquals(far.toString(), refused.refusal().value());
        assertTrue(
                refused.refusal().rule().contains("oracle.clockSkew"),
                refused.refusal().rule());
    }

    /** An epoch starts from the calls of the one before and of no other. */
    private static void refuses(House house) {
        EpochInputs second = house.epochs().epoch(2).orElseThrow().inputs();
        EpochInputs fifth = house.epochs().epoch(5).orElseThrow().inputs();
        SortedMap<String, Digest> other = new TreeMap<>(fifth.documents());
        other.put("calls", Objects.requireNonNull(second.documents().get("calls")));
        EpochInputs forged =
                new EpochInputs(fifth.epochTimeMillis(), fifth.snapshots(), fifth.reports(), other, fifth.accounts());
        assertThrows(
                IllegalStateException.class, () -> house.archive().material().calls(forged, 5));
    }

    /**
     * The house's PostgreSQL is killed under it: the door answers again at once, and the epochs that follow are sealed into the same
     * books.
     */
    private static void isServedAgainAfterPostgresDied(House house, Path home) throws Exception {
        String data = home.resolve("postgres").resolve("data").toString();
        ProcessHandle postgres = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(data))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        try (HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of())) {
            get(door.link(), "/margin/calls", 200);
            long killed = System.nanoTime();
            assertTrue(postgres.destroyForcibly());
            postgres.onExit().join();
            int status = 0;
            while (status != 200
                    && System.nanoTime() - killed < Duration.ofSeconds(30).toNanos()) {
                status = status(door.link(), "/margin/calls");
                assertTrue(status == 200 || status == 503, "away, and no failure of the house's: " + status);
            }
            System.out.println("PostgreSQL killed under the house: /margin/calls answers again after "
                    + (System.nanoTime() - killed) / 1_000_000 + " ms");
            assertEquals(200, status);
        }
    }

    private static void isTold(House house, ComputedEpoch epoch) throws Exception {
        try (HttpFrontDoor door = HttpFrontDoor.open(0, house, List.of())) {
            int draco = number(epoch, DRACO);
            JsonNode calls = get(door.link(), "/margin/calls", 200).get("calls");
            JsonNode told = calls.valueStream()
                    .filter(call -> call.get("account").intValue() == draco)
                    .findFirst()
                    .orElseThrow();
            assertEquals("failed", told.get("stage").textValue());
            assertTrue(told.get("liquidates").booleanValue());
            JsonNode orders = get(door.link(), "/margin/calls/" + draco + "/orders", 200);
            assertEquals("proposed", orders.get("status").textValue());
            assertTrue(orders.at("/batches/0/orders").size() > 1, "what is hedged is closed on both sides");
            String change = "{\"account\": " + draco + ", \"changes\": []}";
            JsonNode waits = send(door.link(), "/margin/what-if", 200, HttpRequest.BodyPublishers.ofString(change));
            assertTrue(waits.get("called").textValue().contains("what opens or takes out waits"), waits::toString);
            int open = number(epoch, "FORNAX");
            assertTrue(get(door.link(), "/margin/calls/" + open + "/orders", 404)
                    .toString()
                    .contains("is not liquidated"));
        }
    }

    private static JsonNode get(URI link, String path, int status) throws Exception {
        return send(link, path, status, HttpRequest.BodyPublishers.noBody());
    }

    private static int status(URI link, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(link.resolve(path))
                                    .header("Authorization", DoorToken.header(link))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static JsonNode send(URI link, String path, int status, HttpRequest.BodyPublisher body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(link.resolve(path))
                            .header("Authorization", DoorToken.header(link))
                            .header("Content-Type", "application/json")
                            .method(body.contentLength() == 0 ? "GET" : "POST", body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(status, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body());
        }
    }

    private static int number(ComputedEpoch epoch, String name) {
        return line(epoch, name).number();
    }

    private static AccountLine line(ComputedEpoch epoch, String name) {
        return epoch.accounts().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<MarginCall> call(ComputedEpoch epoch) {
        return epoch.calls().of(number(epoch, DRACO));
    }

    private static AccountState state(ComputedEpoch epoch) {
        return line(epoch, DRACO).margin().stated().orElseThrow().state();
    }

    /**
     * What marks part by raises no charge here, so that the price alone moves the account; what the other venues said counts for a day, the
     * time is that of the one venue that goes on, and a call is due after an hour.
     */
    private static Foundation founded(House house, int... extended) throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Demonstration.foundingFile());
        ObjectNode parameters = (ObjectNode) file.get("parameters");
        parameters.put("liquidity.observed", 0).put("call.period", 1).put("oracle.clockSkew", 0);
        for (int account : extended) {
            parameters.put("call.extension.account-" + account, 1);
        }
        file.get("venues").forEach(venue -> ((ObjectNode) venue).put("ageMillisMax", 86_400_000));
        return house.cycle()
                .found(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        Path.of("").toAbsolutePath());
    }

    /** ETH fell at one venue: its marks and DRACO's equity are otherwise, and no governed number is. */
    private static void isOtherwise(Path home, ComputedEpoch from, ComputedEpoch to) {
        String said = Verb.said(1, home, "epoch", "diff", "1", "2");
        assertTrue(said.contains(": " + CLEAR + " -> " + BELOW), said);
        String equity = "account DRACO equity: " + Usd.text(equity(from)) + " -> " + Usd.text(equity(to));
        assertTrue(said.lines().anyMatch(equity::equals), equity + " in " + said);
        assertFalse(said.contains("parameter "), said);
        Verb.said(0, home, "epoch", "diff", "2", "2");
        Verb.refused(2, home, "must be from 1 to", "epoch", "diff", "1", "1000");
    }

    private static long equity(ComputedEpoch epoch) {
        return epoch.accounts()
                .get(number(epoch, DRACO))
                .margin()
                .stated()
                .orElseThrow()
                .equity();
    }

    /** The newest epochs, with calls and an extension behind them, follow from a folder as well. */
    private static void isAudited(Path home, ComputedEpoch last) throws IOException {
        Path folder = home.resolve("published");
        Verb.said(0, home, "epoch", "publish", folder.toString(), "--newest", "3");
        String said = Verb.said(0, home.resolve("nobody"), "epoch", "audit", folder.toString());
        assertTrue(said.contains("epoch " + last.number() + " " + last.sealed().digest() + " found again"), said);
    }

    private static ComputedEpoch seal(House house, Foundation founded, int minutes, String mark)
            throws IOException, InterruptedException {
        intake(house, founded, later(RECORDED.plus(Duration.ofMinutes(minutes)), mark));
        return house.cycle().seal(founded);
    }

    private static long intake(House house, Foundation founded, Recording hyperliquid)
            throws IOException, InterruptedException {
        Map<String, Recording> recordings = new TreeMap<>();
        founded.file().listing().venues().forEach(v -> recordings.put(v.name(), Recording.bundled(v.name())));
        recordings.put("hyperliquid", hyperliquid);
        try (RecordedVenues recorded = new RecordedVenues(recordings)) {
            return house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
    }

    /** Hyperliquid so much later, with a mark of ETH. */
    private static Recording later(Instant time, String mark) throws IOException {
        try (InputStream bundled =
                Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/hyperliquid.json"))) {
            return Recording.of(new String(bundled.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(String.valueOf(RECORDED.toEpochMilli()), String.valueOf(time.toEpochMilli()))
                    .replace("\"markPx\": \"" + CLEAR + "\"", "\"markPx\": \"" + mark + "\"")
                    .replace("\"markPx\":\"" + CLEAR + "\"", "\"markPx\":\"" + mark + "\"")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
