package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.api.demo.Demonstration;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseTransaction;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.BookingResult;
import io.bulwark.clearing.ledger.Commodity;
import io.bulwark.clearing.ledger.JournalEntry;
import io.bulwark.clearing.ledger.LedgerAccount;
import io.bulwark.clearing.ledger.Transfer;
import io.bulwark.clearing.ledger.TransferResult;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.Reading;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.FoundingRegister;
import io.bulwark.clearing.register.HouseStatementRegister;
import io.bulwark.house.House;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.epoch.Replay;
import io.bulwark.house.epoch.Witness;
import io.bulwark.house.founding.Foundation;
import io.bulwark.house.founding.Home;
import io.bulwark.house.founding.QuorumLists;
import io.bulwark.house.survey.Meanings;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Who owns the database can change every row of it, and make the journal's chain again over what was changed. Epochs have sealed what the
 * tables held: each change is found by its table, and undone changes leave nothing to be found.
 */
@OfHouse
class BooksJourneyTest {
    private static final String BETWEEN_STATEMENTS = ";";

    /** Tables that hashes of entries rest on. */
    private static final List<String> CHAINED = List.of("journal_leg", "ledger_account");

    private static House house;
    private static Database owner;
    private static List<String> tables;

    @BeforeAll
    static void seal(@TempDir Path folder) throws Exception {
        house = House.open(new Home(folder));
        owner = TablesOwner.of(house.home());
        Foundation foundation;
        try (RecordedVenues recorded = RecordedVenues.bundled()) {
            foundation = house.cycle().found(Demonstration.foundingFile());
            house.cycle().intake(RecordedSurvey.of(house, foundation.file(), recorded), foundation.file());
        }
        house.ledger()
                .refuse(
                        "venue/stranger",
                        "nonsense".getBytes(StandardCharsets.UTF_8),
                        new Refusal("a", "b", "must be c"));
        house.cycle().assess(house.cycle().seal(foundation));
        contradict(foundation);
        move();
        new QuorumLists(
                        new FoundingRegister(house.database()),
                        house.documents(),
                        new HouseStatementRegister(house.database()),
                        house.signing())
                .list("a key".getBytes(StandardCharsets.UTF_8));
        house.epochs()
                .keep(
                        1,
                        Digest.sha256(new byte[] {1}),
                        Collections.nCopies(5, Digest.ZERO),
                        "proof".getBytes(StandardCharsets.UTF_8));
        ComputedEpoch second = house.cycle().seal(foundation);
        assertEquals(2, second.number());
        tables = house.database()
                .read(transaction -> transaction.query(
                        "select table_name::text from information_schema.tables where table_schema = 'public'"
                                + " and table_name not like 'flyway%' order by 1",
                        row -> row.text(1)));
        owner.write(transaction -> {
            transaction.execute("create schema kept");
            tables.forEach(table -> transaction.execute("create table kept." + table + " as table public." + table));
            return 0;
        });
        assertEquals(List.of(), findings());
    }

    /** A venue says something else of the same horizon. */
    private static void contradict(Foundation foundation) {
        RawSnapshot first = house.ledger().acceptedAt(Long.MAX_VALUE).stream()
                .map(accepted -> house.ledger().snapshot(accepted.id()).orElseThrow())
                .filter(raw -> !raw.account().address().equals("market"))
                .findFirst()
                .orElseThrow();
        List<Reading> readings = new ArrayList<>(first.readings());
        readings.add(new Reading("said", "again", new byte[] {1}));
        RawSnapshot second = new RawSnapshot(first.account(), first.horizon(), readings);
        VenueSnapshot meant = new Meanings(foundation.file()).normalise(first);
        VenueSnapshot other =
                new VenueSnapshot(second, meant.holdings(), meant.reports(), meant.grade(), meant.standings());
        assertTrue(house.ledger().book(other) instanceof BookingResult.Incident);
    }

    /** Money of the house moves into its fund. */
    private static void move() {
        LedgerAccount bank = new LedgerAccount.Settlement("bank", new Commodity.Cash());
        LedgerAccount fund = new LedgerAccount.Fund("capital", new Commodity.Cash());
        Transfer transfer = new Transfer(Digest.sha256(new byte[] {2}), bank, fund, Amount.of(5), "capital");
        assertTrue(house.ledger().post(transfer) instanceof TransferResult.Posted);
    }

    @AfterAll
    static void close() {
        owner.close();
        house.close();
    }

    private static List<String> findings() {
        List<String> findings = new ArrayList<>(house.archive().changes());
        findings.addAll(house.witness().findings(house.epochs().epochs(1, Integer.MAX_VALUE)));
        return findings;
    }

    /** As the owner of the database: no trigger, no reference. */
    private static void change(List<String> statements) {
        owner.write(transaction -> {
            transaction.execute("set local session_replication_role = replica");
            statements.forEach(transaction::execute);
            return 0;
        });
    }

    private static void undo() {
        change(tables.stream()
                .flatMap(table -> List.of(
                        "delete from public." + table, "insert into public." + table + " select * from kept." + table)
                        .stream())
                .toList());
    }

    /** The hashes of entries and the balances of accounts as the changed legs would have them. */
    private static void chainAgain() {
        List<JournalEntry> entries = house.ledger().entries(1, Integer.MAX_VALUE);
        owner.write(transaction -> {
            transaction.execute("set local session_replication_role = replica");
            Digest previous = Digest.ZERO;
            for (JournalEntry entry : entries) {
                JournalEntry again =
                        new JournalEntry(entry.sequence(), entry.kind(), entry.source(), previous, entry.postings());
                rehash(transaction, again);
                previous = again.hash();
            }
            transaction.execute("delete from ledger_balance");
            transaction.execute(
                    "insert into ledger_balance select account, sum(amount) from journal_leg group by account");
            return 0;
        });
    }

    private static void rehash(DatabaseTransaction transaction, JournalEntry entry) {
        transaction.update(
                "update journal_entry set previous = ?, hash = ? where sequence = ?",
                entry.previous(),
                entry.hash(),
                entry.sequence());
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "changes-to-books.csv", delimiter = '|')
    void shouldFindEveryChange(String change, String named, String statements) {
        try {
            change(List.of(statements.split(BETWEEN_STATEMENTS)));
            if (CHAINED.contains(named)) {
                chainAgain();
            }
            List<String> found = new ArrayList<>();
            if (named.startsWith("replay")) {
                Replay replay = house.archive().replay(2).orElseThrow();
                assertFalse(replay.equal(), change);
                found.add(named);
            } else {
                found.addAll(findings());
            }
            assertTrue(found.stream().anyMatch(finding -> finding.contains(named)), change + ": " + found);
        } finally {
            undo();
        }
        assertEquals(List.of(), findings(), "after " + change + " was undone");
    }

    /**
     * Whoever writes into the tables that a venue account holds ten million more, chain and balances as they must be, has no reader that
     * answers for it: nothing is sealed over it.
     */
    @Test
    void shouldSealNothingOverWhatNobodyAnswersFor(@TempDir Path folder) throws Exception {
        try (House opened = House.open(new Home(folder));
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation foundation = opened.cycle().found(Demonstration.foundingFile());
            opened.cycle().intake(RecordedSurvey.of(opened, foundation.file(), recorded), foundation.file());
            opened.cycle().seal(foundation);
            VenueSnapshot honest = opened.ledger().acceptedAt(Long.MAX_VALUE).stream()
                    .map(accepted -> opened.ledger().snapshot(accepted.id()).orElseThrow())
                    .filter(raw -> raw.horizon() instanceof Horizon.VenueTime)
                    .map(new Meanings(foundation.file())::normalise)
                    .filter(said -> !said.holdings().isEmpty())
                    .findFirst()
                    .orElseThrow();
            RawSnapshot raw = new RawSnapshot(
                    honest.raw().account(),
                    new Horizon.VenueTime(honest.raw().horizon().timeMillis() + 1),
                    honest.raw().readings());
            List<Holding> holdings = new ArrayList<>(honest.holdings());
            holdings.add(new Holding.Cash(Amount.of(10_000_000)));
            assertTrue(
                    opened.ledger()
                                    .book(new VenueSnapshot(
                                            raw, holdings, honest.reports(), honest.grade(), honest.standings()))
                            instanceof BookingResult.Booked);
            String refused = String.valueOf(assertThrows(
                            IllegalStateException.class, () -> opened.cycle().seal(foundation))
                    .getMessage());
            assertTrue(refused.contains("must be answered for by a reader of the house"), refused);
            assertEquals(1, opened.archive().last());
        }
    }

    /** A start refuses books that were changed, and books that end earlier than the machine saw. */
    @Test
    void shouldNotOpenOverChangedBooks(@TempDir Path folder) throws Exception {
        Home home = new Home(folder);
        try (House opened = House.open(home);
                RecordedVenues recorded = RecordedVenues.bundled()) {
            Foundation foundation = opened.cycle().found(Demonstration.foundingFile());
            opened.cycle().intake(RecordedSurvey.of(opened, foundation.file(), recorded), foundation.file());
            opened.cycle().seal(foundation);
        }
        String seen = Files.readString(home.witness());
        Files.writeString(home.witness(), seen + "2 " + "a".repeat(64) + "\n");
        assertTrue(refused(home).contains("epoch 2 was sealed as"));
        Files.writeString(home.witness(), seen);
        try (House opened = House.open(home);
                Database owning = TablesOwner.of(opened.home())) {
            owning.write(transaction -> {
                transaction.execute("set local session_replication_role = replica");
                transaction.execute("update leaf_identity set owner = sha256('x') where sequence = 1");
                return 0;
            });
        }
        assertTrue(refused(home).contains("table leaf_identity"));
    }

    private static String refused(Home home) {
        return String.valueOf(
                assertThrows(IllegalStateException.class, () -> House.open(home).close())
                        .getMessage());
    }

    /** Somebody who kept the heads elsewhere sees what this machine's own witness was made to forget. */
    @Test
    void shouldBeSeenByWhoeverKeptTheHeads(@TempDir Path elsewhere) throws Exception {
        Path heads = elsewhere.resolve("heads");
        List<String> lines = house.epochs().epochs(1, Integer.MAX_VALUE).stream()
                .map(Witness::line)
                .toList();
        Files.write(heads, lines);
        Witness witness = new Witness(heads);
        assertEquals(List.of(), witness.findings(house.epochs().epochs(1, Integer.MAX_VALUE)));
        assertEquals(1, witness.findings(house.epochs().epochs(1, 1)).size());
        Files.writeString(heads, "2 " + "0".repeat(63) + "1\n");
        assertEquals(1, witness.findings(house.epochs().epochs(1, 2)).size());
        Files.writeString(heads, "two " + lines.getFirst() + "\n");
        assertThrows(RuntimeException.class, witness::seen);
    }

    /** A machine that was lost in the middle of a line goes on after the last whole one. */
    @Test
    void shouldGoOnAfterATornLine(@TempDir Path elsewhere) throws Exception {
        Path heads = elsewhere.resolve("heads");
        Witness witness = new Witness(heads);
        witness.see(house.epochs().epochs(1, 1));
        Files.writeString(heads, Files.readString(heads) + "2 00ff");
        assertEquals(List.of(), witness.findings(house.epochs().epochs(1, 2)));
        witness.see(house.epochs().epochs(1, 2));
        assertEquals(
                IntStream.rangeClosed(1, 2)
                        .mapToObj(n -> Witness.line(house.epochs().epochs(n, 1).getFirst()))
                        .toList(),
                Files.readAllLines(heads));
    }
}
