package io.bulwark.house.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.document.BadInput;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.embedded.EmbeddedPostgres;
import io.bulwark.clearing.embedded.EmbeddedPostgresConfiguration;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.ledger.FundActs;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.payment.PaymentReceipt;
import io.bulwark.clearing.payment.PaymentReceipt.Direction;
import io.bulwark.clearing.payment.PaymentReceipt.Evidence;
import io.bulwark.clearing.payment.PaymentReceipt.Statement;
import io.bulwark.insurance.vault.Vault;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.tier.OfHouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write into one fund: each sees what the others wrote, and none reads an act twice. */
@OfHouse
final class ContributionsTest {
    private static final FoundingDocument HOUSE = new FoundingDocument(
            "test", 1, List.of(Digest.sha256(new byte[] {1})), new FoundingDocument.KeyRule.Test());
    private static final Digest DEFAULT = Digest.sha256(new byte[] {9});

    @TempDir
    private Path folder;

    private EmbeddedPostgres server;
    private Database database;
    private FundActs acts;
    private Contributions one;
    private Contributions other;

    @BeforeEach
    void open() {
        server = EmbeddedPostgres.start(EmbeddedPostgresConfiguration.in(folder));
        database =
                Database.open(Database.Configuration.at(server.jdbcUrl("postgres"), server.user(), server.password()));
        acts = new FundActs(database);
        one = contributions();
        other = contributions();
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    private Contributions contributions() {
        return new Contributions(acts, new Ledger(database), () -> Optional.of(HOUSE), Optional::empty);
    }

    @Test
    void shouldSeeWhatAnotherWrote() {
        one.freeze(List.of(new VaultAct.Asked("A", 1, Instant.ofEpochMilli(1), Instant.ofEpochMilli(10), 100)));
        receive(other, "first", 40);
        receive(one, "second", 30);
        other.freeze(List.of(new VaultAct.Frozen("A", Instant.ofEpochMilli(6), DEFAULT, 3)));
        one.freeze(List.of(new VaultAct.Frozen("A", Instant.ofEpochMilli(6), DEFAULT, 3)));
        assertEquals(4, one.acts().size(), "what another wrote is not written again");
        VaultBook book = one.book();
        assertEquals(30, book.of("A").missing());
        assertEquals(70, book.total());
        assertEquals(book, other.book());
        assertEquals(VaultBook.EMPTY.after(one.acts()), book);
        assertEquals(
                "reference",
                assertThrows(BadInput.class, () -> receive(one, "first", 40)).field());
        other.readmit("A", "recapitalised", Instant.ofEpochMilli(7));
        assertTrue(one.book().of("A").frozen().isEmpty());
    }

    /** Acts are taken away behind its back: who read them once stands on what followed from them, who comes anew finds nothing. */
    @Test
    void shouldReadNoActTwice() {
        one.freeze(List.of(new VaultAct.Asked("A", 1, Instant.ofEpochMilli(1), Instant.ofEpochMilli(10), 100)));
        receive(one, "first", 40);
        VaultBook book = one.book();
        assertEquals(List.of(), acts.standing(2, Vault.RECEIVED).later());
        assertEquals(1, acts.after(1).size());
        database.write(transaction -> {
            transaction.execute("set local session_replication_role = replica");
            return transaction.update("delete from document where kind = 'fund-act'");
        });
        assertEquals(book, one.book());
        assertEquals(0, one.acts().size());
        assertNotEquals(book, other.book());
    }

    private static void receive(Contributions contributions, String reference, long units) {
        PaymentReceipt receipt = new PaymentReceipt(
                new Statement(HOUSE.house(), Direction.RECEIVED, "A", PaymentReceipt.USD, units, "bank", reference, 5),
                new Evidence.Operator("test"));
        contributions.receive(
                receipt.canonical().encode(),
                bytes -> PaymentReceipt.of(CanonicalReader.read(bytes)),
                Instant.ofEpochMilli(5));
    }
}
