package io.bulwark.clearing.register;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.ledger.BookingResult;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.clearing.ledger.Snapshots;
import io.bulwark.clearing.register.LinkRegister.Link;
import io.bulwark.clearing.register.LinkRegister.Result;
import io.bulwark.clearing.register.LinkRegister.Standing;
import io.bulwark.tier.OfHouse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OfHouse
final class LinkRegisterTest {
    private static final VenueAccount FOUNDED = new VenueAccount(1, "founded");
    private static final VenueAccount NEW = new VenueAccount(2, "new");

    private final Database.Configuration configuration = PostgresTestBed.freshDatabase();
    private final Database database = Database.open(configuration);
    private final AccountRegister accounts = new AccountRegister(database);
    private final LinkRegister links = new LinkRegister(database);
    private final Ledger ledger = new Ledger(database);

    @BeforeEach
    void openAccounts() {
        accounts.open(new ClearingAccount(7, "basis", "Alpha", List.of(FOUNDED)));
        accounts.open(new ClearingAccount(8, "other", "Beta", List.of()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void shouldLinkByConsentAndReadTheAccountFromThenOn() {
        assertEquals("must be linked to a clearing account", refusedBooking(1).rule());
        Digest kept = recorded(statement(Action.LINK, 7, NEW, 1));
        assertTrue(accounts.accounts().getFirst().venueAccounts().contains(NEW));
        assertInstanceOf(BookingResult.Booked.class, ledger.book(Snapshots.snapshot(NEW, 2, "collateral 3 1")));
        assertEquals(
                List.of(
                        new Link(7, FOUNDED, Standing.FOUNDED, Optional.empty()),
                        new Link(7, NEW, Standing.CONSENTED, Optional.of(kept))),
                links.links());
    }

    @Test
    void shouldRefuseAnAccountThatIsLinkedElsewhere() {
        assertEquals(
                "venueAccount", refused(statement(Action.LINK, 8, FOUNDED, 1)).field());
        recorded(statement(Action.LINK, 7, NEW, 1));
        recorded(statement(Action.REVOKE, 7, NEW, 2));
        assertEquals("venueAccount", refused(statement(Action.LINK, 8, NEW, 1)).field());
        assertEquals(
                "venueAccount",
                refused(statement(Action.LINK, 8, new VenueAccount(2, VenueAccount.MARKET), 1))
                        .field());
    }

    @Test
    void shouldTakeAStatementOnce() {
        LinkStatement link = statement(Action.LINK, 7, NEW, 5);
        recorded(link);
        assertEquals("nonce", refused(link).field());
        recorded(statement(Action.REVOKE, 7, NEW, 6));
        assertEquals("nonce", refused(link).field());
        assertEquals("nonce", refused(statement(Action.LINK, 7, NEW, 6)).field());
        assertEquals(7, links.nextNonce(7));
        assertEquals(1, links.nextNonce(8));
    }

    @Test
    void shouldReadNoMoreWhatIsRevokedAndKeepWhatWasAccepted() {
        recorded(statement(Action.LINK, 7, NEW, 1));
        Digest last = ledger.book(Snapshots.snapshot(NEW, 2, "collateral 3 1", "debt 4 9"))
                .snapshot();
        recorded(statement(Action.REVOKE, 7, NEW, 2));
        assertEquals(Standing.REVOKED, links.links().getLast().standing());
        assertEquals("account", refusedBooking(3).field());
        assertEquals(last, ledger.acceptedAt(Long.MAX_VALUE).getFirst().id(), "what is owed stands");
        assertTrue(accounts.accounts().getFirst().venueAccounts().contains(NEW));
        recorded(statement(Action.LINK, 7, NEW, 3));
        assertInstanceOf(BookingResult.Booked.class, ledger.book(Snapshots.snapshot(NEW, 4, "collateral 3 1")));
    }

    @Test
    void shouldRevokeOnlyWhatIsLinked() {
        assertEquals(
                "venueAccount", refused(statement(Action.REVOKE, 7, NEW, 1)).field());
        recorded(statement(Action.REVOKE, 7, FOUNDED, 1));
        assertEquals(
                "venueAccount", refused(statement(Action.REVOKE, 7, FOUNDED, 2)).field());
        assertEquals(
                "clearingAccount", refused(statement(Action.LINK, 9, NEW, 1)).field());
    }

    @Test
    void shouldKeepConsentForGood() {
        links.registerOwner(7, "0x" + "ab".repeat(20));
        links.registerOwner(7, "ab".repeat(32));
        links.registerOwner(7, "ab".repeat(32));
        assertEquals(Optional.of("ab".repeat(32)), links.owner(7));
        assertEquals(Optional.empty(), links.owner(8));
        recorded(statement(Action.LINK, 7, NEW, 1));
        for (String change : List.of(
                "delete from link_statement",
                "update link_statement set action = 'REVOKE'",
                "truncate account_owner")) {
            assertThrows(
                    IllegalStateException.class,
                    () -> PostgresTestBed.execute(PostgresTestBed.dataSource(configuration), change));
        }
    }

    private Refusal refusedBooking(long time) {
        return assertInstanceOf(
                        BookingResult.Refused.class, ledger.book(Snapshots.snapshot(NEW, time, "collateral 3 1")))
                .refusal();
    }

    private Digest recorded(LinkStatement statement) {
        return assertInstanceOf(Result.Recorded.class, links.record(statement, List.of()))
                .statement();
    }

    private Refusal refused(LinkStatement statement) {
        return assertInstanceOf(Result.Refused.class, links.record(statement, List.of()))
                .refusal();
    }

    private static LinkStatement statement(Action action, int account, VenueAccount venueAccount, long nonce) {
        return new LinkStatement(action, Digest.ZERO, account, "venue", venueAccount, 1, nonce, 1);
    }
}
