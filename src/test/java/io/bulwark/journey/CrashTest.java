package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.JournalEntry;
import io.bulwark.house.House;
import io.bulwark.house.founding.Home;
import io.bulwark.insurance.defaultmanagement.DefaultSettlement;
import io.bulwark.insurance.defaultmanagement.LayerPayment;
import io.bulwark.insurance.waterfall.DefaultLayer;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import io.bulwark.tier.Sized;
import io.bulwark.tier.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demonstration is killed with SIGKILL wherever it does something that must not be done by half; then it runs to its
 * end. Each commit kills it at one of the five points, and each default at one of its payments; by night at all.
 */
@OfHouse
@Drawn(1)
@Sized
class CrashTest {
    private static final List<String> POINTS = List.of(
            "Open the books",
            "Book what they hold",
            "Reprice, net, margin and seal",
            "Size the insurance fund",
            "Prove one account's solvency");

    /** What each point leaves the program time for, so that the kill comes in the middle of the step. */
    private static final long[] MILLIS_LATER = {150, 120, 60, 30, 400};

    private static final int SNAPSHOTS = 16;
    private static final int CONTRIBUTIONS = 7;
    private static final int HOUSE_CAPITAL = 1;

    /**
     * The two who lose most in the demonstration's worst row; one bid of a member who did not fail. Their own contributions, which follow every layer of the fund, pay
     * for both, so the journal has one payment of each.
     */
    private static final String DEFAULT = """
            {"event": 1, "epoch": EPOCH, "scenario": "the replay of 2020-03-12",
             "members": [{"name": "BOREALIS"}, {"name": "ERIDANUS"}],
             "seed": "6b1d5a0f3c7e42998877665544332211000102030405060708090a0b0c0d0e0f",
             "bids": [{"account": 4, "bidder": "ATLAS", "price": -1000, "lots": 40}]}
            """;

    /** The same move again: what the first default left of BOREALIS's contribution does not cover it, and the house's own capital pays. */
    private static final String DEFAULT_AGAIN = """
            {"event": 2, "epoch": EPOCH, "scenario": "the replay of 2020-03-12",
             "members": [{"name": "BOREALIS"}, {"name": "ERIDANUS"}],
             "seed": "7c2d5a0f3c7e42998877665544332211000102030405060708090a0b0c0d0e0f",
             "bids": []}
            """;

    /** And once more: what is left of that capital is not enough, and the others pay. */
    private static final String DEFAULT_ONCE_MORE =
            DEFAULT_AGAIN.replace("\"event\": 2", "\"event\": 3").replace("7c2d5a", "8d2d5a");

    @Test
    void shouldLoseNothingAndDoubleNothingWhereverItIsKilled(@TempDir Path home, @TempDir Path files) throws Exception {
        KeptKeys.bring(home, "account-16");
        String founding =
                Files.write(files.resolve("house.json"), onTheTestTable()).toString();
        for (int i : Tier.drawn(POINTS.size(), 1)) {
            Program killed = Program.start(home, "demo", "--once", "--house", founding);
            killed.await(POINTS.get(i));
            Thread.sleep(MILLIS_LATER[i]);
            killed.kill();
        }
        Program survivor = Program.run(home, "demo", "--once", "--house", founding);
        assertEquals(0, survivor.exitCode(), survivor.output());
        assertTrue(survivor.output().contains("debits = credits"), survivor.output());
        KeptKeys.keep(home);
        theOneWhoIsBeingLiquidatedPaysAfterAll(home);
        everythingIsBookedOnce(home);
        defaultsAreSettledOnceWhereverTheHouseIsKilled(home);
    }

    /** The demonstration over the test table, whose fund is as small as three defaults; that of the whole vault would outlast them. */
    private static byte[] onTheTestTable() throws IOException {
        ObjectNode file = (ObjectNode) new ObjectMapper().readTree(Demonstration.foundingFile());
        ((ObjectNode) file.get("parameters")).put("table.design", 0).put("vault.venueReplays", 0);
        return file.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Two defaults, each killed as it pays: the first reaches the defaulters' own contributions alone, the second the house's capital and the other members. */
    private static void defaultsAreSettledOnceWhereverTheHouseIsKilled(Path home) throws Exception {
        long before = entries(home);
        DefaultSettlement own =
                settledWhereverItIsKilled(home, DEFAULT, List.of("of BOREALIS pays", "of ERIDANUS pays"));
        assertEquals(Set.of(DefaultLayer.OWN_CONTRIBUTION), layers(own));
        readmitted(home);
        DefaultSettlement capital =
                settledWhereverItIsKilled(home, DEFAULT_AGAIN, List.of("the capital of the house pays"));
        assertEquals(Set.of(DefaultLayer.OWN_CONTRIBUTION, DefaultLayer.HOUSE_CAPITAL), layers(capital));
        readmitted(home);
        DefaultSettlement mutual = settledWhereverItIsKilled(
                home,
                DEFAULT_ONCE_MORE,
                List.of(
                        "the capital of the house pays",
                        "the junior contribution of ATLAS pays",
                        "the junior contribution of FORNAX pays"));
        assertEquals(
                Set.of(DefaultLayer.OWN_CONTRIBUTION, DefaultLayer.HOUSE_CAPITAL, DefaultLayer.JUNIOR_CONTRIBUTIONS),
                layers(mutual));
        assertEquals(
                before
                        + own.transfers().size()
                        + capital.transfers().size()
                        + mutual.transfers().size(),
                entries(home));
    }

    /**
     * The demonstration receives nothing of ERIDANUS, which is being liquidated; the defaults below are about a fund into which
     * everybody paid.
     */
    private static void theOneWhoIsBeingLiquidatedPaysAfterAll(Path home) {
        try (House house = House.forReading(new Home(home))) {
            assertEquals(0, house.contributions().book().of("ERIDANUS").total());
            PaidCalls.inFull(house);
            house.contributions()
                    .book()
                    .payers()
                    .forEach((payer, account) -> assertEquals(0, account.missing(), payer));
        }
    }

    /** Who failed is frozen: it fails again only after it was taken back. */
    private static void readmitted(Path home) {
        for (String member : List.of("BOREALIS", "ERIDANUS")) {
            Verb.said(0, home, "fund", "readmit", member, "--reason", "recapitalised");
        }
    }

    private static Set<DefaultLayer> layers(DefaultSettlement settlement) {
        return settlement.payments().stream().map(LayerPayment::layer).collect(Collectors.toSet());
    }

    private static long entries(Path home) throws IOException {
        try (House house = House.forReading(new Home(home))) {
            return house.verify().entries();
        }
    }

    /** Declared, then killed as soon as each of these is in the journal, then settled to its end: everything is paid once, and replays. */
    private static DefaultSettlement settledWhereverItIsKilled(Path home, String request, List<String> payments)
            throws Exception {
        long epoch;
        try (House house = House.forReading(new Home(home))) {
            epoch = house.archive().last();
        }
        Path file = Files.writeString(home.resolve("default.json"), request.replace("EPOCH", Long.toString(epoch)));
        String declared = Verb.said(0, home, "fund", "default", "declare", file.toString());
        Matcher digest = Pattern.compile("declared: ([0-9a-f]{64})").matcher(declared);
        assertTrue(digest.find(), declared);
        String declaration = digest.group(1);
        assertEquals(1, Verb.run(home, "fund", "default", "replay", declaration).exitCode());
        for (int i : Tier.drawn(payments.size(), 1)) {
            String payment = payments.get(i);
            Program killed = Program.start(home, "fund", "default", "settle", declaration);
            killed.await(payment);
            killed.kill();
        }
        Verb.said(0, home, "fund", "default", "settle", declaration);
        Verb.said(0, home, "fund", "default", "replay", declaration);
        try (House house = House.forReading(new Home(home))) {
            house.verify();
            return house.defaults().declared(Digest.parse(declaration));
        }
    }

    private static void everythingIsBookedOnce(Path home) throws IOException {
        try (House house = House.forReading(new Home(home))) {
            assertEquals(
                    SNAPSHOTS + CONTRIBUTIONS + HOUSE_CAPITAL, house.verify().entries());
            List<JournalEntry> entries = house.ledger().entries(1, 100);
            assertEquals(
                    entries.size(),
                    entries.stream().map(JournalEntry::source).distinct().count());
            long last = house.archive().last();
            assertTrue(last >= 1, "an epoch must be sealed");
            for (long epoch = 1; epoch <= last; epoch++) {
                assertTrue(house.archive().replay(epoch).orElseThrow().equal(), "epoch " + epoch);
                assertEquals(3, house.epochs().signatures(epoch).size(), "signatures on epoch " + epoch);
            }
        }
    }
}
