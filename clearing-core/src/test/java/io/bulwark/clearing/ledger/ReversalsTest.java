package io.bulwark.clearing.ledger;

import static io.bulwark.clearing.ledger.Snapshots.snapshot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.ledger.BookingResult.Booked;
import io.bulwark.clearing.ledger.BookingResult.Duplicate;
import io.bulwark.clearing.ledger.BookingResult.Refused;
import io.bulwark.clearing.ledger.SupersededSnapshots.Superseding;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.clearing.register.AccountRegister;
import io.bulwark.clearing.register.Documents;
import io.bulwark.clearing.register.OutboxTable;
import io.bulwark.tier.OfHouse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A superseded snapshot is taken back by a new entry; what was not accepted, or is on no list, is not. */
@OfHouse
final class ReversalsTest {
    private static final VenueAccount AAVE = new VenueAccount(1, "0xa1");
    private static final VenueAccount DERIBIT = new VenueAccount(2, "main/sub 7");

    private final Database database = Database.open(PostgresTestBed.freshDatabase());
    private final Ledger ledger = new Ledger(database);

    @BeforeEach
    void openAccount() {
        new AccountRegister(database).open(new ClearingAccount(7, "basis", "Alpha", List.of(AAVE, DERIBIT)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Map<String, String> holdings(int account) {
        Map<String, String> holdings = new TreeMap<>();
        ledger.holdings(account).forEach((commodity, amount) -> holdings.put(commodity.id(), amount.toString()));
        return holdings;
    }

    private long assertSound() {
        return assertInstanceOf(LedgerVerification.Sound.class, ledger.verify()).entries();
    }

    /** Whatever is booked, contradicted, refused or taken back is told, in the order in which it happened. */
    @Test
    void shouldTellOfEverythingThatBecomesOfASnapshot() {
        VenueSnapshot booked = snapshot(AAVE, 2, "collateral 3 100");
        VenueSnapshot other = snapshot(AAVE, 2, "collateral 3 999");
        VenueSnapshot late = snapshot(AAVE, 1, "collateral 3 1");
        ledger.book(booked);
        ledger.book(other);
        ledger.book(late);
        BookingResult nonsense = ledger.refuse("aave/nobody", new byte[] {1}, new Refusal("a", "b", "must be c"));
        supersede(superseding(booked));
        Digest id = booked.raw().id();
        assertEquals(
                List.of(
                        new Event.SnapshotBooked(AAVE, id, 1),
                        new Event.SnapshotContradicted(AAVE, id, other.raw().id()),
                        new Event.SnapshotRefused(
                                late.raw().id(), "horizon", "must be later than the last accepted, 2 number 0"),
                        new Event.SnapshotRefused(nonsense.snapshot(), "a", "must be c"),
                        new Event.SnapshotReversed(AAVE, id, 2)),
                new OutboxTable(database)
                        .from(1, 100).stream()
                                .map(record -> Event.of(record.event()))
                                .toList());
    }

    private static SupersededSnapshots superseding(VenueSnapshot... wrong) {
        return new SupersededSnapshots(
                Digest.ZERO,
                Arrays.stream(wrong)
                        .map(one ->
                                new Superseding(one.raw().account(), one.raw().id(), "wrong"))
                        .toList());
    }

    private int supersede(SupersededSnapshots list) {
        new Documents(database).store("superseded", list.canonical());
        return ledger.supersede(list, Snapshots::read);
    }

    @Test
    void shouldTakeBackWhatIsSupersededAndLetTheOneBeforeStand() {
        VenueSnapshot before = snapshot(AAVE, 1, "collateral 3 100", "debt 4 7");
        VenueSnapshot wrong = snapshot(AAVE, 9, "collateral 3 5000000");
        ledger.book(before);
        ledger.book(wrong);
        assertInstanceOf(Refused.class, ledger.book(snapshot(AAVE, 5, "collateral 3 90")));
        assertEquals(1, supersede(superseding(wrong)));
        assertEquals(0, supersede(superseding(wrong)), "once");
        assertEquals(Map.of("collateral/3", "100", "debt/4", "7"), holdings(7));
        assertEquals(
                before.raw().id(), ledger.acceptedAt(Long.MAX_VALUE).getFirst().id());
        assertEquals(Map.of(3L, wrong.raw().id()), ledger.reversed());
        assertInstanceOf(Duplicate.class, ledger.book(wrong), "it does not come back");
        assertInstanceOf(Booked.class, ledger.book(snapshot(AAVE, 6, "collateral 3 91")), "later than what stands");
        assertInstanceOf(Booked.class, ledger.book(snapshot(AAVE, 9, "collateral 3 92")), "of the same moment");
        assertEquals(List.of(), ledger.incidents());
        assertEquals(5, assertSound());
        assertEquals(List.of(), ledger.rebuilt(0, 5, Snapshots::read));
    }

    @Test
    void shouldMoveNothingForOneThatALaterOneHasFollowed() {
        VenueSnapshot wrong = snapshot(AAVE, 1, "collateral 3 5000000");
        ledger.book(wrong);
        ledger.book(snapshot(AAVE, 2, "collateral 3 100"));
        assertEquals(1, supersede(superseding(wrong)));
        assertEquals(Map.of("collateral/3", "100"), holdings(7));
        assertEquals(List.of(), ledger.entries(3, 1).getFirst().postings());
        assertEquals(3, assertSound());
        assertEquals(List.of(), ledger.rebuilt(0, 3, Snapshots::read));
    }

    @Test
    void shouldTakeBackOneAfterTheOtherDownToNothing() {
        VenueSnapshot first = snapshot(AAVE, 1, "collateral 3 1");
        VenueSnapshot second = snapshot(AAVE, 2, "collateral 3 2");
        ledger.book(first);
        ledger.book(second);
        supersede(superseding(second));
        assertEquals(Map.of("collateral/3", "1"), holdings(7));
        supersede(superseding(second, first));
        assertEquals(Map.of(), holdings(7));
        assertEquals(List.of(), ledger.acceptedAt(Long.MAX_VALUE));
        assertEquals(4, assertSound());
        assertEquals(List.of(), ledger.rebuilt(0, 4, Snapshots::read));
    }

    @Test
    void shouldTakeBackNothingThatWasNotAcceptedOrIsNotOnTheList() {
        VenueSnapshot sound = snapshot(AAVE, 1, "collateral 3 1");
        ledger.book(sound);
        VenueSnapshot nobodys = snapshot(AAVE, 2, "collateral 3 2");
        assertThrows(IllegalStateException.class, () -> supersede(superseding(nobodys)));
        VenueSnapshot others = snapshot(DERIBIT, 1, "collateral 3 1");
        SupersededSnapshots misnamed = new SupersededSnapshots(
                Digest.ZERO, List.of(new Superseding(DERIBIT, sound.raw().id(), "of another account")));
        assertThrows(IllegalStateException.class, () -> supersede(misnamed));
        assertEquals(Map.of("collateral/3", "1"), holdings(7));
        supersede(superseding(sound));
        ledger.book(others);
        assertThrows(IllegalStateException.class, () -> supersede(superseding(others)), "the list forgot one");
        assertThrows(CanonicalException.class, () -> superseding(sound, sound));
        assertEquals(
                superseding(sound, others),
                SupersededSnapshots.of(superseding(sound, others).canonical()));
        assertEquals(3, assertSound());
    }
}
