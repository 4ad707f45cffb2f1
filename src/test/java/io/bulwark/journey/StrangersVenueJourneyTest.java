package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.instrument.ListedInstrument;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.Home;
import io.bulwark.house.survey.VenueSurvey;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A venue that no line of Bulwark names, in a jar of its own: put into the home of a house, founded, polled, margined beside the house's own venues, and found again from
 * the books; and no other jar is taken in its place.
 */
@Drawn(1)
@OfHouse
class StrangersVenueJourneyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path HOUSE = Path.of("../../docs/houses/exchanges.json");
    private static final int ACME = 6;

    /** A minute before noon of the recordings' day, as they say it. */
    private static final long TIME = 1_716_487_860_000L;

    private static final Map<String, String> ANSWERS = Map.of(
            "/clock",
            "{\"time\": " + TIME + "}",
            "/accounts/orion",
            "{\"time\": " + TIME + ", \"balance\": \"250000.5\", \"positions\": "
                    + "[{\"market\": \"BTC-PERP\", \"size\": \"-1.5\", \"entry\": \"67000\"}]}",
            "/markets",
            "{\"time\": " + TIME + ", \"markets\": [{\"market\": \"BTC-PERP\", \"mark\": \"67890.1\"}, "
                    + "{\"market\": \"ETH-PERP\", \"mark\": \"3700\"}]}");

    @TempDir
    private Path home;

    @TempDir
    private Path files;

    private HttpServer acme;
    private RecordedVenues recorded;
    private Path jar;
    private byte[] founding;

    @BeforeEach
    void open() throws IOException {
        acme = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ANSWERS.forEach((path, answer) -> acme.createContext(path, exchange -> {
            try (exchange) {
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }));
        acme.start();
        recorded = RecordedVenues.bundled();
        jar = StrangersJar.at(home.resolve("venues/acme.jar"));
        founding = founding(Digest.sha256(Files.readAllBytes(jar)));
    }

    @AfterEach
    void close() {
        acme.stop(0);
        recorded.close();
    }

    @Test
    void shouldFoundPollMarginAndReplayAVenueOfAStrangersJar() throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(founding);
            VenueSurvey survey = survey(house, founded.file());
            assertEquals(List.of(), survey.unread());
            house.cycle().intake(survey, founded.file());
            assertEquals(List.of(), house.ledger().quarantine(1, 10));
            ComputedEpoch sealed = house.cycle().seal(founded);
            AccountLine orion = sealed.accounts().getFirst();
            assertTrue(orion.venues().contains("acme"), orion.venues().toString());
            ListedInstrument perpetual = founded.file().instruments().getLast();
            assertEquals("acme:BTC-PERP", perpetual.name());
            assertEquals(
                    -15_000,
                    orion.lots().positions().stream()
                            .filter(entry -> entry.number() == perpetual.number())
                            .findFirst()
                            .orElseThrow()
                            .lots());
            assertTrue(orion.margin().stated().orElseThrow().given().initialMargin() > 0);
            assertTrue(house.archive().replay(1).orElseThrow().equal());
        }
        byte[] bytes = Files.readAllBytes(jar);
        StrangersJar.at(
                jar, source -> source.replace("Amount size = held.signed();", "Amount size = held.signed().negate();"));
        refused("connections.[6].jar");
        Files.delete(jar);
        refused("connections.[6].kind");
        Files.write(jar, bytes);
        try (House house = House.open(new Home(home))) {
            assertTrue(house.archive().replay(1).orElseThrow().equal(), "the jar that sealed it finds it again");
        }
    }

    /** The operator's way: the jar lies in the home, and the program as it is started finds it there. */
    @Test
    void shouldPollItByTheProgram() throws Exception {
        Path house = Files.write(files.resolve("house.json"), founding);
        Path venues = Files.writeString(files.resolve("venues.json"), venues());
        Files.setPosixFilePermissions(venues, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(files.resolve("secret"), "01".repeat(32));
        Files.setPosixFilePermissions(files.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        String[] poll = {"venue", "poll", "--house", house.toString(), "--venues", venues.toString(), "--once"};
        String said = Program.said(0, home, poll);
        assertTrue(said.contains("epoch 1: 14 snapshots") && said.contains("0 of them without a margin"), said);
        Program.refused(0, home, "good, a founding file", "venue", "validate", house.toString());
        StrangersJar.at(jar, source -> source.replace("perSecond(7)", "perSecond(8)"));
        Program.refused(2, home, "connections.[6].jar", poll);
        Program.refused(2, home, "connections[6].jar", "venue", "validate", house.toString());
        Files.copy(jar, jar.resolveSibling("copy.jar"));
        Program.refused(2, home, "must be the kind of one venue", poll);
    }

    private void refused(String field) {
        try (House house = House.open(new Home(home))) {
            assertEquals(
                    field,
                    assertThrows(BadInput.class, () -> house.archive().replay(1))
                            .field());
            assertEquals(
                    field,
                    assertThrows(BadInput.class, () -> house.cycle().found(founding))
                            .field());
        }
    }

    private VenueSurvey survey(House house, FoundingFile file) throws InterruptedException {
        List<VenueReader> readers = file.connections().stream()
                .map(c -> c.open(Endpoint.recorded(
                        endpoint(c.number(), file.listing().venue(c.number()).name()))))
                .toList();
        try {
            return house.cycle().survey(readers);
        } finally {
            readers.forEach(VenueReader::close);
        }
    }

    private URI endpoint(int number, String name) {
        return number == ACME
                ? URI.create("http://127.0.0.1:" + acme.getAddress().getPort())
                : recorded.endpoint(name);
    }

    /** The house of the exchanges, which connects one more. */
    private static byte[] founding(Digest jar) throws IOException {
        ObjectNode file = (ObjectNode) JSON.readTree(Files.readAllBytes(HOUSE));
        ((ArrayNode) file.get("venues")).add(JSON.readTree("""
                {"number": 6, "name": "acme", "chain": "venue:acme", "ageMillisMax": 900000, "leastGrade": "UNSIGNED"}"""));
        ((ArrayNode) file.get("connections")).add(JSON.readTree("""
                {"kind": "acme.marks", "jar": "<jar>", "venue": 6, "settlement": "USDC", "markets": ["BTC-PERP"]}""".replace("<jar>", jar.hex())));
        ((ArrayNode) file.get("instruments")).add(JSON.readTree("""
                {"number": 16, "name": "acme:BTC-PERP", "venue": 6, "symbol": "BTC-PERP", "group": 0, "lot": "0.0001",
                 "contract": {"kind": "perpetual", "underlying": "BTC", "settlement": "USDC", "inverse": false}}"""));
        ((ArrayNode) file.at("/accounts/0/venueAccounts")).add(JSON.readTree("""
                {"venue": 6, "address": "orion"}"""));
        return JSON.writeValueAsBytes(file);
    }

    private String venues() throws IOException {
        ObjectNode file = JSON.createObjectNode();
        ArrayNode venues = file.putArray("venues");
        JSON.readTree(founding).get("venues").forEach(venue -> {
            String name = venue.get("name").asText();
            ObjectNode reached = venues.addObject().put("venue", name);
            reached.put(
                    "endpoint", endpoint(venue.get("number").intValue(), name).toString());
            if (!name.equals("acme")) {
                reached.put("weight", 10_000).put("periodMillis", 1_000);
                reached.putArray("keys")
                        .addObject()
                        .put("id", "recorded")
                        .put("secretFile", "secret")
                        .put("passphraseFile", "secret");
            }
        });
        return file.toString();
    }
}
