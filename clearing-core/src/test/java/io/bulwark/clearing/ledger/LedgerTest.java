package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.ledger.Snapshots.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.BookingResult.Booked;
import io.bulwark.clearing.ledger.BookingResult.Duplicate;
import io.bulwark.clearing.ledger.BookingResult.Incident;
import io.bulwark.clearing.ledger.BookingResult.Refused;
import io.bulwark.clearing.ledger.BookingResult.Superseded;
import io.bulwark.clearing.ledger.LedgerAccount.ClearingHolding;
import io.bulwark.clearing.ledger.LedgerAccount.Fund;
import io.bulwark.clearing.ledger.LedgerAccount.Settlement;
import io.bulwark.clearing.ledger.LedgerAccount.VenueCustody;
import io.bulwark.clearing.ledger.TransferResult.Reason;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.Documents;
import io.bulwark.tier.OfHouse;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OfHouse
final class LedgerTest {
    private static final VenueAccount AAVE = new VenueAccount(1, "0xa1");
    private static final VenueAccount DERIBIT = new VenueAccount(2, "main/sub 7");
    private static final VenueAccount OTHER = new VenueAccount(2, "main");
    private static final VenueAccount MARKET = new VenueAccount(2, VenueAccount.MARKET);
    private static final Commodity USDC = new Commodity.Collateral(3);
    private static final Commodity CASH = new Commodity.Cash();

    private final Database.Configuration configuration = PostgresTestBed.freshDatabase();
    private final Database database = Database.open(configuration);
    private final Ledger ledger = new Ledger(database);
    private final AccountRegister register = new AccountRegister(database);

    @BeforeEach
    void openAccounts() {
        register.open(new ClearingAccount(7, "basis", "Alpha", List.of(AAVE, DERIBIT)));
        register.open(new ClearingAccount(8, "vol", "Beta", List.of(OTHER)));
    }

    @AfterEach
    void verifyAndClose() {
        database.close();
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> holdings(int account) {
        Map<String, String> holdings = new TreeMap<>();
        ledger.holdings(account).forEach((commodity, amount) -> holdings.put(commodity.id(), amount.toString()));
        return holdings;
    }

    private long assertSound() {
        return assertInstanceOf(LedgerVerification.Sound.class, ledger.verify()).entries();
    }

    @Test
    void shouldBookTheChangeSinceTheLastAcceptedSnapshot() {
        assertInstanceOf(Booked.class, ledger.book(snapshot(AAVE, 1, "collateral 3 100.25", "debt 4 7")));
        assertInstanceOf(Booked.class, ledger.book(snapshot(AAVE, 2, "collateral 3 90.25", "derivative 5 -2")));
        assertEquals(Map.of("collateral/3", "90.25", "derivative/5", "-2"), holdings(7));
        JournalEntry second = ledger.entries(2, 1).getFirst();
        assertEquals(
                List.of(
                        "custody/1/0xa1/collateral/3 -10",
                        "custody/1/0xa1/debt/4 -7",
                        "custody/1/0xa1/derivative/5 -2",
                        "holding/7/collateral/3 10",
                        "holding/7/debt/4 7",
                        "holding/7/derivative/5 2"),
                second.postings().stream()
                        .map(posting -> posting.account().name() + " " + posting.amount())
                        .toList());
        assertEquals(2, assertSound());
    }

    @Test
    void shouldAddUpVenuesInOneClearingAccountAndKeepThemApartInCustody() {
        ledger.book(snapshot(AAVE, 1, "collateral 3 100"));
        ledger.book(snapshot(DERIBIT, 1, "collateral 3 5", "collateral 3 0.5"));
        ledger.book(snapshot(OTHER, 1, "collateral 3 1000"));
        assertEquals(Map.of("collateral/3", "105.5"), holdings(7));
        assertEquals(Amount.of("5.5"), ledger.balance(new VenueCustody(DERIBIT, USDC)));
        assertEquals(Amount.of("1000"), ledger.balance(new VenueCustody(OTHER, USDC)));
        assertSound();
    }

    @Test
    void shouldKeepEveryDigitOfTheVenuesScale() {
        String wei = "115792089237316195423570985008687907853269984665640564039457.584007913129639935";
        ledger.book(snapshot(AAVE, 1, "collateral 3 " + wei, "debt 3 0.000000000000000000000000001"));
        assertEquals(Map.of("collateral/3", wei, "debt/3", "0.000000000000000000000000001"), holdings(7));
        ledger.book(snapshot(AAVE, 2));
        assertEquals(Map.of(), holdings(7));
        assertSound();
    }

    @Test
    void shouldChangeNothingWhenTheSameSnapshotComesAgain() {
        VenueSnapshot snapshot = snapshot(AAVE, 1, "collateral 3 100");
        Booked booked = assertInstanceOf(Booked.class, ledger.book(snapshot));
        assertEquals(new Duplicate(booked.snapshot()), ledger.book(snapshot));
        assertEquals(1, assertSound());
    }

    @Test
    void shouldRaiseAnIncidentAndKeepBothWhenAVenueContradictsItself() {
        Digest a = ledger.book(snapshot(AAVE, 1, "collateral 3 100")).snapshot();
        VenueSnapshot other = snapshot(AAVE, 1, "collateral 3 999");
        Incident incident = assertInstanceOf(Incident.class, ledger.book(other));
        assertEquals(new Incident(a, other.raw().id()), incident);
        assertEquals(Map.of("collateral/3", "100"), holdings(7));
        assertEquals(List.of(incident), ledger.incidents());
        assertEquals(other.raw(), ledger.snapshot(incident.snapshot()).orElseThrow());
        assertTrue(ledger.snapshot(a).isPresent());
    }

    @Test
    void shouldKeepAAndBWhenAVenueSaysABA() {
        VenueSnapshot a = snapshot(AAVE, 1, "collateral 3 100");
        VenueSnapshot b = snapshot(AAVE, 1, "collateral 3 101");
        assertInstanceOf(Booked.class, ledger.book(a));
        assertInstanceOf(Incident.class, ledger.book(b));
        assertInstanceOf(Duplicate.class, ledger.book(a));
        assertInstanceOf(Duplicate.class, ledger.book(b));
        assertEquals(1, ledger.incidents().size());
        assertEquals(1, assertSound());
    }

    @Test
    void shouldBookABlockInThePlaceOfOneThatLeftItsChainAndKeepBoth() {
        VenueSnapshot orphan = block(5, "orphan", 1_000, "collateral 3 100");
        VenueSnapshot canonical = block(5, "canonical", 900, "collateral 3 40");
        assertInstanceOf(Booked.class, ledger.book(block(4, "before", 500, "collateral 3 7")));
        assertInstanceOf(Booked.class, ledger.book(orphan));
        Superseded superseded = assertInstanceOf(Superseded.class, ledger.book(canonical));
        assertEquals(orphan.raw().id(), superseded.orphaned());
        assertEquals(Map.of("collateral/3", "40"), holdings(7));
        assertEquals(
                canonical.raw().id(),
                ledger.acceptedAt(Long.MAX_VALUE).getFirst().id());
        assertEquals(List.of(new Incident(orphan.raw().id(), canonical.raw().id())), ledger.incidents());
        assertEquals(orphan.raw(), ledger.snapshot(orphan.raw().id()).orElseThrow());
        assertInstanceOf(Duplicate.class, ledger.book(orphan));
        assertInstanceOf(Booked.class, ledger.book(block(6, "next", 950, "collateral 3 41")));
        assertEquals(Map.of("collateral/3", "41"), holdings(7));
        assertEquals(4, assertSound());
    }

    @Test
    void shouldNotLetAnEarlierBlockOrAnotherChainSupersede() {
        ledger.book(block(5, "a", 1_000, "collateral 3 100"));
        assertInstanceOf(Refused.class, ledger.book(block(4, "b", 900, "collateral 3 1")));
        RawSnapshot other = new RawSnapshot(
                AAVE,
                new Horizon.Block(2, 5, digest("c"), Horizon.Finality.FINALIZED, 1_000),
                Snapshots.raw(AAVE, 1, "collateral 3 1").readings());
        assertInstanceOf(Refused.class, ledger.book(Snapshots.read(other)));
        assertEquals(Map.of("collateral/3", "100"), holdings(7));
        assertEquals(List.of(), ledger.incidents());
    }

    private static VenueSnapshot block(long number, String hash, long timeMillis, String... lines) {
        return Snapshots.read(new RawSnapshot(
                AAVE,
                new Horizon.Block(1, number, digest(hash), Horizon.Finality.FINALIZED, timeMillis),
                Snapshots.raw(AAVE, 1, lines).readings()));
    }

    /** Two entries that differ in one thing alone have two hashes, whatever that is. */
    @Test
    void shouldHashEverythingThatAnEntrySays() {
        LedgerAccount bank = new Settlement("bank", CASH);
        LedgerAccount fund = new Fund("capital", CASH);
        List<JournalEntry.Posting> postings =
                List.of(new JournalEntry.Posting(bank, Amount.of(5)), new JournalEntry.Posting(fund, Amount.of(-5)));
        List<JournalEntry.Posting> more =
                List.of(new JournalEntry.Posting(bank, Amount.of(6)), new JournalEntry.Posting(fund, Amount.of(-6)));
        Digest source = digest("source");
        assertEquals(
                6,
                Stream.of(
                                new JournalEntry(1, JournalEntry.Kind.SNAPSHOT, source, Digest.ZERO, postings),
                                new JournalEntry(2, JournalEntry.Kind.SNAPSHOT, source, Digest.ZERO, postings),
                                new JournalEntry(1, JournalEntry.Kind.TRANSFER, source, Digest.ZERO, postings),
                                new JournalEntry(1, JournalEntry.Kind.SNAPSHOT, digest("other"), Digest.ZERO, postings),
                                new JournalEntry(1, JournalEntry.Kind.SNAPSHOT, source, source, postings),
                                new JournalEntry(1, JournalEntry.Kind.SNAPSHOT, source, Digest.ZERO, more))
                        .map(JournalEntry::hash)
                        .distinct()
                        .count());
    }

    @Test
    void shouldRefuseALateSnapshotAndLetTheLastAcceptedStand() {
        ledger.book(snapshot(AAVE, 5, "collateral 3 100"));
        VenueSnapshot late = snapshot(AAVE, 4, "collateral 3 1");
        Refused refused = assertInstanceOf(Refused.class, ledger.book(late));
        assertEquals("horizon", refused.refusal().field());
        assertEquals(Map.of("collateral/3", "100"), holdings(7));
        assertEquals(late.raw().id(), ledger.quarantine(1, 10).getFirst().document());
        assertInstanceOf(Refused.class, ledger.book(late));
        assertEquals(1, ledger.quarantine(1, 10).size());
        assertSound();
    }

    @Test
    void shouldRefuseWhatIsNotFinalOrNotLinked() {
        RawSnapshot raw =
                new RawSnapshot(AAVE, new Horizon.Block(1, 5, digest("block"), Horizon.Finality.HEAD, 1), List.of());
        Refused head = assertInstanceOf(
                Refused.class, ledger.book(new VenueSnapshot(raw, List.of(), List.of(), EvidenceGrade.UNSIGNED)));
        assertEquals("must be final to be booked", head.refusal().rule());
        Refused unlinked =
                assertInstanceOf(Refused.class, ledger.book(snapshot(new VenueAccount(9, "x"), 1, "collateral 3 1")));
        assertEquals("must be linked to a clearing account", unlinked.refusal().rule());
        assertEquals(0, assertSound());
    }

    @Test
    void shouldAcceptMarketDataWithAnEntryThatMovesNothing() {
        RawSnapshot raw = Snapshots.raw(MARKET, 1, "quotes");
        assertInstanceOf(
                Booked.class, ledger.book(new VenueSnapshot(raw, List.of(), List.of(), EvidenceGrade.UNSIGNED)));
        assertEquals(List.of(), ledger.entries(1, 1).getFirst().postings());
        assertInstanceOf(Refused.class, ledger.book(snapshot(MARKET, 2, "collateral 3 1")));
        assertEquals(1, assertSound());
    }

    @Test
    void shouldKeepRefusedPayloadsWithFieldValueAndRule() {
        RawSnapshot raw = Snapshots.raw(AAVE, 1, "nonsense");
        Refusal refusal = new Refusal("result.balance", "nonsense \u0000\ud800 e\u0301", "must be a decimal");
        Refused refused = assertInstanceOf(Refused.class, ledger.refuse(raw, refusal));
        QuarantinedPayload kept = ledger.quarantine(1, 10).getFirst();
        assertEquals(new QuarantinedPayload(1, "1/0xa1", raw.id(), refusal, kept.receivedMillis()), kept);
        byte[] answer = "<html>".getBytes(StandardCharsets.UTF_8);
        ledger.refuse("2/market", answer, new Refusal("body", "<", "must be JSON"));
        assertEquals("2/market", ledger.quarantine(2, 10).getFirst().origin());
        assertEquals(Digest.sha256(answer), ledger.quarantine(2, 10).getFirst().document());
        assertEquals("nonsense \ufffd? é", kept.refusal().value());
        assertEquals(raw, ledger.snapshot(refused.snapshot()).orElseThrow());
    }

    @Test
    void shouldFindTheLastAcceptedSnapshotAtAnEpochTime() {
        ledger.book(snapshot(AAVE, 10, "collateral 3 1"));
        Digest second = ledger.book(snapshot(AAVE, 20, "collateral 3 2")).snapshot();
        ledger.book(snapshot(AAVE, 30, "collateral 3 3"));
        Digest other = ledger.book(snapshot(OTHER, 25)).snapshot();
        assertEquals(
                List.of(new AcceptedSnapshot(AAVE, second, 20, 2), new AcceptedSnapshot(OTHER, other, 25, 4)),
                ledger.acceptedAt(29));
        assertEquals(List.of(), ledger.acceptedAt(9));
    }

    @Test
    void shouldPostATransferOnceAndRejectWhatTheFundDoesNotHave() {
        Settlement bank = new Settlement("bank", CASH);
        Fund fund = new Fund("insurance/Alpha", CASH);
        Transfer deposit = new Transfer(digest("t1"), bank, fund, Amount.of("100"), "contribution");
        assertEquals(new TransferResult.Posted(1), ledger.post(deposit));
        assertEquals(new TransferResult.Duplicate(1), ledger.post(deposit));
        assertEquals(
                new TransferResult.Rejected(Reason.ID_USED_OTHERWISE),
                ledger.post(new Transfer(digest("t1"), bank, fund, Amount.of("101"), "contribution")));
        assertEquals(
                new TransferResult.Rejected(Reason.INSUFFICIENT_FUNDS),
                ledger.post(new Transfer(digest("t2"), fund, bank, Amount.of("100.0001"), "withdrawal")));
        assertEquals(
                new TransferResult.Posted(2),
                ledger.post(new Transfer(digest("t3"), fund, bank, Amount.of("100"), "withdrawal")));
        assertEquals(Amount.ZERO, ledger.balance(fund));
        assertEquals(2, assertSound());
    }

    @Test
    void shouldRejectTransfersThatMakeNoSense() {
        Fund fund = new Fund("insurance", CASH);
        Amount one = Amount.of(1);
        assertEquals(Reason.SAME_ACCOUNT, reason(new Transfer(digest("a"), fund, fund, one, "")));
        assertEquals(
                Reason.DIFFERENT_COMMODITIES,
                reason(new Transfer(digest("b"), new Settlement("bank", USDC), fund, one, "")));
        assertEquals(
                Reason.VENUE_CUSTODY, reason(new Transfer(digest("c"), new VenueCustody(AAVE, CASH), fund, one, "")));
        assertEquals(
                Reason.UNKNOWN_CLEARING_ACCOUNT,
                reason(new Transfer(digest("d"), new ClearingHolding(99, CASH), fund, one, "")));
        assertEquals(
                Reason.INSUFFICIENT_FUNDS,
                reason(new Transfer(digest("e"), new ClearingHolding(7, CASH), fund, one, "")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Transfer(digest("f"), fund, new Fund("x", CASH), Amount.ZERO, ""));
        assertEquals(0, assertSound());
    }

    private Reason reason(Transfer transfer) {
        return assertInstanceOf(TransferResult.Rejected.class, ledger.post(transfer))
                .reason();
    }

    @Test
    void shouldMoveAHoldingIntoTheFundAndKeepBookingTheVenueRightly() {
        ledger.book(snapshot(AAVE, 1, "cash 50"));
        Transfer contribution = new Transfer(
                digest("t"),
                new ClearingHolding(7, CASH),
                new Fund("insurance/Alpha", CASH),
                Amount.of(20),
                "contribution");
        assertInstanceOf(TransferResult.Posted.class, ledger.post(contribution));
        ledger.book(snapshot(AAVE, 2, "cash 60"));
        assertEquals(Map.of("cash/usd", "40"), holdings(7));
        assertSound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal_leg set amount = amount * 2",
                "delete from journal_entry",
                "truncate outbox",
                "update document set kind = 'x'",
                "delete from quarantine",
                "update accepted_snapshot set horizon_time = 0",
                "truncate raw_snapshot cascade",
                "update statement set initial_margin = 0",
                "delete from epoch",
                "update clearing_account set member = 'Gamma'"
            })
    void shouldRefuseToChangeWhatIsBooked(String sql) {
        ledger.book(snapshot(AAVE, 1, "collateral 3 100"));
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class,
                () -> PostgresTestBed.execute(PostgresTestBed.dataSource(configuration), sql));
        assertTrue(String.valueOf(refusal.getCause()).contains("append-only"), String.valueOf(refusal.getCause()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal_leg set amount = amount * 2 where entry = 1 and leg = 0",
                "update journal_leg set amount = amount * 2 where entry = 1",
                "delete from journal_leg where entry = 2",
                "update journal_entry set source = (select max(digest::bytea)::digest from document where kind = 'x') where sequence = 2",
                "update journal_entry set previous = hash where sequence = 2",
                "update journal_entry set sequence = 9 where sequence = 3",
                "update ledger_balance set amount = amount + 1 where account = 1",
                "delete from ledger_balance where account = 1",
                "delete from outbox where sequence = 2",
                "alter table document drop constraint document_check; update document set body = 'forged' where kind = 'raw-snapshot'",
                "delete from accepted_snapshot where entry = 3"
            })
    void shouldFindEveryForgeryOnVerification(String sql) {
        new Documents(database).store("x", "another document".getBytes(StandardCharsets.UTF_8));
        ledger.book(snapshot(AAVE, 1, "collateral 3 100"));
        ledger.book(snapshot(AAVE, 2, "collateral 3 90"));
        ledger.book(snapshot(AAVE, 3, "collateral 3 80"));
        assertEquals(3, assertSound());
        PostgresTestBed.execute(
                PostgresTestBed.dataSource(configuration),
                "set session_replication_role = replica; " + sql + "; set session_replication_role = default");
        LedgerVerification.Broken broken = assertInstanceOf(LedgerVerification.Broken.class, ledger.verify());
        System.out.println("found: " + broken.findings());
    }

    @Test
    void shouldRepeatTheWholeTransactionWhenItCouldNotBeSerialised() {
        AtomicInteger attempts = new AtomicInteger();
        String result = database.write(transaction -> {
            transaction.update(
                    "insert into clearing_account (number, name, member) values (?, ?, 'm')",
                    100 + attempts.get(),
                    "attempt " + attempts.get());
            if (attempts.incrementAndGet() < 3) {
                transaction.execute("do $$ begin raise exception 'conflict' using errcode = '40001'; end $$");
            }
            return "done";
        });
        assertEquals("done", result);
        assertEquals(3, attempts.get());
        assertEquals(
                List.of("basis", "vol", "attempt 2"),
                register.accounts().stream().map(ClearingAccount::name).toList());
    }

    @Test
    void shouldGiveUpWhatNeverSerialises() {
        DatabaseException failure = assertThrows(
                DatabaseException.class,
                () -> database.write(transaction -> {
                    transaction.execute("do $$ begin raise exception 'conflict' using errcode = '40001'; end $$");
                    return 0;
                }));
        assertEquals("40001", failure.state());
    }

    /** Random snapshots from many threads at once: the books end where the last accepted snapshots say, whatever the order. */
    @Test
    void shouldEndWhereTheLastSnapshotsSayWhateverTheOrder() throws Exception {
        long seed = 20240523;
        System.out.println("ledger concurrency: seed " + seed);
        Random random = new Random(seed);
        List<VenueSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            VenueAccount account = List.of(AAVE, DERIBIT, OTHER).get(random.nextInt(3));
            snapshots.add(snapshot(account, random.nextInt(40), randomHoldings(random)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<BookingResult>> bookings = new ArrayList<>();
            snapshots.forEach(snapshot -> bookings.add(() -> ledger.book(snapshot)));
            for (Future<BookingResult> booking : threads.invokeAll(bookings)) {
                booking.get();
            }
        }
        assertSound();
        assertEquals(expectedHoldings(), Map.of(7, holdings(7), 8, holdings(8)), "seed " + seed);
    }

    private static String[] randomHoldings(Random random) {
        return random.ints(random.nextInt(4), 0, 5)
                .mapToObj(asset -> "collateral " + asset + " "
                        + new Amount(BigInteger.valueOf(random.nextInt(1_000_000)), random.nextInt(9)))
                .toArray(String[]::new);
    }

    private Map<Integer, Map<String, String>> expectedHoldings() {
        Map<Integer, Map<String, Amount>> sums = new HashMap<>(Map.of(7, new TreeMap<>(), 8, new TreeMap<>()));
        for (AcceptedSnapshot accepted : ledger.acceptedAt(Long.MAX_VALUE)) {
            VenueSnapshot snapshot =
                    Snapshots.read(ledger.snapshot(accepted.id()).orElseThrow());
            Map<String, Amount> sum = sums.getOrDefault(accepted.account().equals(OTHER) ? 8 : 7, Map.of());
            snapshot.holdings()
                    .forEach(h ->
                            sum.merge("collateral/" + ((Holding.Collateral) h).asset(), h.quantity(), Amount::plus));
        }
        Map<Integer, Map<String, String>> texts = new HashMap<>();
        sums.forEach((account, byCommodity) -> {
            Map<String, String> text = new TreeMap<>();
            byCommodity.forEach((commodity, amount) -> {
                if (amount.signum() != 0) {
                    text.put(commodity, amount.toString());
                }
            });
            texts.put(account, text);
        });
        return texts;
    }

    @Test
    void shouldNameAccountsInOneWay() {
        for (LedgerAccount account : List.of(
                new VenueCustody(DERIBIT, USDC),
                new ClearingHolding(7, new Commodity.Derivative(12)),
                new Fund("insurance/Alpha", CASH),
                new Settlement("bank", new Commodity.Debt(0)))) {
            assertEquals(account, LedgerAccount.of(account.name()));
        }
        assertThrows(IllegalArgumentException.class, () -> LedgerAccount.of("holding/7/collateral/03"));
        assertThrows(IllegalArgumentException.class, () -> LedgerAccount.of("holding/7"));
        assertThrows(IllegalArgumentException.class, () -> LedgerAccount.of("elsewhere/7/collateral/3"));
    }
}
