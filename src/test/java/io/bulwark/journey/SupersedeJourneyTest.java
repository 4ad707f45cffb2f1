package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.adapter.recording.Recording;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.ledger.AcceptedSnapshot;
import io.bulwark.clearing.ledger.JournalEntry;
import io.bulwark.clearing.ledger.SupersededSnapshots;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.register.HouseStatementRegister;
import io.bulwark.house.House;
import io.bulwark.house.epoch.AccountLine;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.tier.Drawn;
import io.bulwark.tier.OfHouse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A wrong snapshot that was believed: the quorum supersedes it, the next epoch rests on the one before it, and everybody who replays or
 * audits sees both. What no quorum said takes nothing back.
 */
@Drawn(2)
@OfHouse
class SupersedeJourneyTest {
    private static final long RECORDED = 1_716_487_860_000L;
    private static final String REASON = "the venue's own report of 24 May says 1,000 USD less";

    /** What an account holds and is worth there, and the same with 1,000 USD more: nothing in the answer contradicts the other. */
    private static final String SOUND = "660225.0";

    private static final String WRONG = "661225.0";
    private static final String SOUND_WORTH = "92505.0";
    private static final String WRONG_WORTH = "93505.0";

    @Test
    void shouldRestOnTheSnapshotBeforeAWrongOne(@TempDir Path home, @TempDir Path elsewhere) throws Exception {
        try (House house = House.open(new Home(home))) {
            Foundation founded = house.cycle().found(Demonstration.foundingFile());
            intake(house, founded, 0, SOUND);
            Verb.refused(2, home, "must have sealed an epoch", supersede("0".repeat(64), REASON));
            ComputedEpoch first = house.cycle().seal(founded);
            assertTrue(intake(house, founded, 1, WRONG) > 0);
            assertEquals(List.of(), house.ledger().quarantine(1, 10));
            ComputedEpoch second = house.cycle().seal(founded);
            int account = first.accounts().stream()
                    .filter(line -> !lots(first, line.number()).equals(lots(second, line.number())))
                    .map(AccountLine::number)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no account holds more: " + second.accounts()));
            AcceptedSnapshot wrong = wrong(house);
            long entries = house.verify().entries();

            Verb.refused(2, home, "must be an accepted one", supersede("0".repeat(64), REASON));
            Verb.refused(2, home, "must be 64", supersede("12", REASON));
            Verb.refused(
                    2, home, "must be given", "venue", "supersede", wrong.id().hex());
            Verb.refused(
                    2, home, "without control characters", supersede(wrong.id().hex(), " "));
            assertEquals(entries, house.verify().entries());
            String said = Verb.said(0, home, supersede(wrong.id().hex(), REASON));
            assertTrue(said.contains("taken back in entry " + (entries + 1)), said);
            Verb.refused(
                    0,
                    home,
                    "was superseded before; nothing changed",
                    supersede(wrong.id().hex(), "again"));

            List<JournalEntry> made = house.ledger().entries(entries + 1, 10);
            assertEquals(1, made.size());
            assertEquals(JournalEntry.Kind.REVERSAL, made.getFirst().kind());
            assertEquals(2, made.getFirst().postings().size(), "1,000 USD are gone again");
            String listed = Verb.said(0, home, "venue", "supersede");
            assertTrue(listed.contains(wrong.id() + "  " + name(wrong.account())), listed);
            assertTrue(listed.contains(REASON), listed);

            ComputedEpoch third = house.cycle().seal(founded);
            assertEquals(lots(first, account), lots(third, account));
            assertEquals(second.sealed(), house.archive().epoch(2).orElseThrow().sealed(), "what is sealed stands");
            isTold(home, first, account, wrong);
            isFollowed(house, home, elsewhere);
            isCorrected(house, founded, third, account);
            House.forReading(new Home(home)).close();
            believesNobodyElse(house, founded, wrong.account());
        }
    }

    private static String[] supersede(String snapshot, String reason) {
        return new String[] {"venue", "supersede", snapshot, "--reason", reason};
    }

    private static String name(VenueAccount account) {
        return account.venue() + "/" + account.address();
    }

    private static Object lots(ComputedEpoch epoch, int account) {
        return epoch.account(account).orElseThrow().lots();
    }

    private static AcceptedSnapshot wrong(House house) {
        return house.ledger().acceptedAt(Long.MAX_VALUE).stream()
                .filter(accepted -> text(house.ledger().snapshot(accepted.id()).orElseThrow())
                        .contains(WRONG))
                .findFirst()
                .orElseThrow();
    }

    private static String text(RawSnapshot raw) {
        StringBuilder text = new StringBuilder();
        raw.readings().forEach(reading -> text.append(new String(reading.result(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    /** The owner reads it beside the margin, and in the statement that the ledger keeps. */
    private static void isTold(Path home, ComputedEpoch first, int account, AcceptedSnapshot wrong) {
        String name = first.account(account).orElseThrow().name();
        String margin = Verb.said(0, home, "account", "margin", "--account", String.valueOf(account));
        assertTrue(margin.contains("snapshot " + wrong.id() + " of " + name(wrong.account()) + ", superseded"), margin);
        assertTrue(margin.contains(REASON), name);
        String before = Verb.said(0, home, "account", "margin", "--account", String.valueOf(account), "--epoch", "2");
        assertTrue(!before.contains(REASON), before);
    }

    private static void isFollowed(House house, Path home, Path elsewhere) {
        for (long epoch = 1; epoch <= 3; epoch++) {
            assertTrue(house.archive().replay(epoch).orElseThrow().equal(), "epoch " + epoch);
        }
        Verb.said(0, home, "epoch", "books");
        Path folder = elsewhere.resolve("published");
        Verb.said(0, home, "epoch", "publish", folder.toString());
        String said = Verb.said(0, elsewhere.resolve("nobody"), "audit", folder.toString());
        assertTrue(said.contains("epoch 3 "), said);
    }

    /** What the venue says next is booked, of the same moment too: nothing contradicts what does not count. */
    private static void isCorrected(House house, Foundation founded, ComputedEpoch third, int account)
            throws Exception {
        assertTrue(intake(house, founded, 1, SOUND) > 0);
        assertEquals(List.of(), house.ledger().incidents());
        ComputedEpoch fourth = house.cycle().seal(founded);
        assertEquals(lots(third, account), lots(fourth, account));
        assertNotEquals(
                third.sealed().epoch().inputsSha256(), fourth.sealed().epoch().inputsSha256());
        assertTrue(house.archive().replay(4).orElseThrow().equal());
    }

    /** Rows of somebody who writes into the database, a list that nobody signed, and one that was signed for another house. */
    private static void believesNobodyElse(House house, Foundation founded, VenueAccount account) throws IOException {
        Digest sound = house.ledger().acceptedAt(Long.MAX_VALUE).getFirst().id();
        asOwner(house, "insert into superseded_snapshot select '\\x" + sound.hex() + "'::bytea, 1");
        assertRefused(house, founded, "must be one that the quorum superseded; nobody signed that");
        asOwner(house, "delete from superseded_snapshot where entry = 1");

        asOwner(
                house,
                "insert into house_statement select 'superseded', 2, document from house_statement where subject = 'superseded'");
        assertRefused(house, founded, "list of superseded 2 must be signed by 2 members of the quorum; 0 did");
        asOwner(house, "delete from house_statement where subject = 'superseded' and number = 2");

        SupersededSnapshots others =
                new SupersededSnapshots(Digest.ZERO, List.of(new Superseding(account, sound, "another house")));
        new HouseStatementRegister(house.database())
                .publish(
                        Subject.SUPERSEDED,
                        (identity, newest) -> Optional.of(others.canonical()),
                        house.signing()::sign);
        assertRefused(house, founded, "must be of house");
        assertEquals(4, house.archive().last());
    }

    private static void asOwner(House house, String statement) throws IOException {
        try (Database owner = TablesOwner.of(house.home())) {
            owner.write(transaction -> {
                transaction.execute("set local session_replication_role = replica");
                transaction.execute(statement);
                return 0;
            });
        }
    }

    private static void assertRefused(House house, Foundation founded, String words) {
        String said = String.valueOf(
                assertThrows(IllegalStateException.class, () -> house.cycle().seal(founded))
                        .getMessage());
        assertTrue(said.contains(words), said);
    }

    private static long intake(House house, Foundation founded, int minutes, String raw)
            throws IOException, InterruptedException {
        Map<String, Recording> recordings = new TreeMap<>();
        founded.file().listing().venues().forEach(v -> recordings.put(v.name(), Recording.bundled(v.name())));
        try (InputStream bundled =
                Objects.requireNonNull(Recording.class.getResourceAsStream("/recordings/hyperliquid.json"))) {
            String file = new String(bundled.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(String.valueOf(RECORDED), String.valueOf(RECORDED + 60_000L * minutes))
                    .replace(SOUND, raw)
                    .replace(SOUND_WORTH, raw.equals(SOUND) ? SOUND_WORTH : WRONG_WORTH);
            recordings.put("hyperliquid", Recording.of(file.getBytes(StandardCharsets.UTF_8)));
        }
        try (RecordedVenues recorded = new RecordedVenues(recordings)) {
            return house.cycle().intake(RecordedSurvey.of(house, founded.file(), recorded), founded.file());
        }
    }
}
