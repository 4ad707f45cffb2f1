package io.bulwark.journey;

import static io.bulwark.journey.Verb.refused;
import static io.bulwark.journey.Verb.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ConnectedVenue.Pusher;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.ledger.BookingResult;
import io.bulwark.house.FeedIntake.Receipt;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A protocol comes into a house that has sealed epochs: proposed, signed by the quorum, listed; what was sealed before is found again. */
@OfHouse
class ListingJourneyTest {
    private static final String LATER = "1748736060000";

    @TempDir
    private Path home;

    @TempDir
    private Path files;

    @Test
    void shouldListWhatTheQuorumAdmitsAndFindEarlierEpochsAgain() throws Exception {
        said(0, home, "sandbox", "--example", files.toString());
        QuorumKey tidal = QuorumKey.in(files.resolve("tidal.key"));
        byte[] founding = text("listing.json")
                .replace(
                        "\"connections\": []",
                        "\"connections\": [{\"kind\": \"pushed\", \"venue\": 0, \"audience\": \"sandbox\", \"key\": \""
                                + tidal.publicKey().hex() + "\"}]")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(files.resolve("founding.json"), founding);
        Files.writeString(
                files.resolve("reef.json"),
                text("listing.json")
                        .replace("tidal", "reef")
                        .replace("ALICE", "CORAL")
                        .replace("BOB", "DORY")
                        .replace("TIDAL", "REEF")
                        .replace("tWETH", "rWETH"));
        String early = at("early.json");
        refused(2, home, "must be a founded house", propose(home.toString(), early));
        said(0, home, propose(at("founding.json"), early));
        refused(2, home, "before the first, found it with what is proposed", "venue", "admit", early);
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(founding);
            push(house, tidal, 0, text("report.json"));
            push(house, tidal, 0, text("snapshot.json"));
            assertTrue(margin(house.cycle().seal(founded), 0) > 0);
        }
        String made = said(0, home, propose(home.toString(), at("proposal.json")));
        assertTrue(
                made.contains("venues 0 -> 1") && made.contains("groups 0 -> 0") && made.contains("instruments 1 -> 3"),
                made);
        said(0, home, "venue", "validate", at("proposal.json"), "--against", home.toString());
        refuses();
        String admitted = said(0, home, "venue", "admit", at("proposal.json"));
        assertTrue(admitted.contains("signed by the quorum as admission 1; the next epoch lists 2 venues"), admitted);
        assertEquals(admitted, said(0, home, "venue", "admit", at("proposal.json")), "the same again changes nothing");
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(founding);
            assertEquals(2, founded.file().venues().size());
            QuorumKey reef = QuorumKey.in(files.resolve("reef.key"));
            push(house, tidal, 0, later("report.json"));
            push(house, tidal, 0, later("snapshot.json"));
            push(house, reef, 1, later("report.json").replace("tidal", "reef").replace("\"venue\": 0", "\"venue\": 1"));
            push(
                    house,
                    reef,
                    1,
                    later("snapshot.json")
                            .replace("\"venue\": 0", "\"venue\": 1")
                            .replace("\"instrument\": 0", "\"instrument\": 2")
                            .replace("\"instrument\": 1,", "\"instrument\": 3,")
                            .replace("\"asset\": 2", "\"asset\": 3"));
            ComputedEpoch second = house.cycle().seal(founded);
            assertTrue(margin(second, 2) > 0);
            assertTrue(house.archive().replay(1).orElseThrow().equal());
            assertTrue(house.archive().replay(2).orElseThrow().equal());
            byte[] other = new String(founding, StandardCharsets.UTF_8)
                    .replace("130000", "120000")
                    .getBytes(StandardCharsets.UTF_8);
            assertEquals(
                    "founding file",
                    assertThrows(BadInput.class, () -> house.cycle().found(other))
                            .field());
        }
        said(0, home, "epoch", "publish", at("audit"));
        said(0, files.resolve("nowhere"), "audit", at("audit"));
    }

    /** What a proposal may not say, changed in the file; nothing is signed of it. */
    private void refuses() throws IOException {
        String good = text("proposal.json");
        for (String[] change : List.of(
                new String[] {"\"network\" : \"sandbox\"", "\"network\" : \"elsewhere\"", "network"},
                new String[] {"\"number\" : 1", "\"number\" : 0", "venues.[0].number"},
                new String[] {"\"name\" : \"reef\"", "\"name\" : \"tidal\"", "venues.[0].name"},
                new String[] {
                    "\"venue\" : 1,\n    \"audience\"", "\"venue\" : 0,\n    \"audience\"", "connections.[0].venue"
                },
                new String[] {"\"lot\" : \"0.001\"", "\"lot\" : 0.001", "assets.[0].lot"},
                new String[] {"\"address\" : \"alice\"", "\"address\" : \"alice\", \"more\" : 1", "accounts.[0]"},
                new String[] {
                    "\"network\"", "\"parameters\" : {\"table.phi\": 800000}, \"network\"", "parameters.table.phi"
                },
                new String[] {"\"network\"", "\"keys\" : {\"origin\": \"test\"}, \"network\"", "keys"})) {
            String changed = good.replaceFirst(Pattern.quote(change[0]), Matcher.quoteReplacement(change[1]));
            assertTrue(!changed.equals(good), change[0] + good);
            Path file = Files.writeString(files.resolve("changed.json"), changed);
            refused(2, home, change[2], "venue", "admit", file.toString());
            refused(
                    2,
                    home,
                    change[2].replace(".[", "["),
                    "venue",
                    "validate",
                    file.toString(),
                    "--against",
                    home.toString());
        }
    }

    private String[] propose(String against, String out) {
        return new String[] {
            "venue",
            "propose",
            at("reef.json"),
            "--against",
            against,
            "--key",
            at("reef.key"),
            "--audience",
            "sandbox",
            "--out",
            out
        };
    }

    private static void push(House house, QuorumKey key, int venue, String file) throws InterruptedException {
        Pusher<?> pusher = house.feeds().pusher(venue).orElseThrow();
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        byte[] signature = key.sign(pusher.statement(bytes)).signature();
        assertTrue(pusher.signed(bytes, signature));
        Receipt receipt = house.feeds().take(pusher, bytes, signature, file.contains("prices"));
        assertTrue(receipt.outcome().orElseThrow() instanceof BookingResult.Booked, receipt.toString());
    }

    private static long margin(ComputedEpoch epoch, int account) {
        AccountLine line = epoch.accounts().stream()
                .filter(a -> a.number() == account)
                .findFirst()
                .orElseThrow();
        return line.margin()
                .stated()
                .orElseThrow(() -> new AssertionError(line.margin().toString()))
                .initialMargin();
    }

    private String text(String name) throws IOException {
        return Files.readString(files.resolve(name));
    }

    private String later(String name) throws IOException {
        return text(name).replace("1748736000000", LATER);
    }

    private String at(String name) {
        return files.resolve(name).toString();
    }
}
