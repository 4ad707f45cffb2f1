package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.account.ClearingAccount;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.EpochStatement;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.EpochInputs.AccountInput;
import io.bulwark.clearing.epoch.EpochInputs.PaidAllocation;
import io.bulwark.clearing.epoch.EpochInputs.SnapshotInput;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.event.Event;
import io.bulwark.clearing.event.Outbox.OutboxRecord;
import io.bulwark.clearing.ledger.Ledger;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.clearing.ledger.Snapshots;
import io.bulwark.clearing.register.AccountRegister.LeafIdentity;
import io.bulwark.clearing.register.AccountRegister.OpeningResult;
import io.bulwark.clearing.register.EpochRegister.EpochRecord;
import io.bulwark.clearing.register.EpochRegister.FundProofRecord;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OfHouse
final class EpochRegisterTest {
    private static final VenueAccount AAVE = new VenueAccount(1, "0xa1");

    private final Database database = Database.open(PostgresTestBed.freshDatabase());
    private final Ledger ledger = new Ledger(database);
    private final AccountRegister accounts = new AccountRegister(database);
    private final Documents documents = new Documents(database);
    private final EpochRegister epochs = new EpochRegister(database);
    private final Digest parameters = documents.store("parameters", array(text("parameters")));

    @BeforeEach
    void openAccounts() {
        accounts.open(new ClearingAccount(7, "basis", "Alpha", List.of(AAVE)));
        accounts.open(new ClearingAccount(2, "vol", "Beta", List.of()));
        accounts.identify(7, new LeafIdentity(digest("owner"), digest("salt")));
        accounts.identify(2, new LeafIdentity(digest("owner 2"), digest("salt 2")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private EpochRecord epoch(long number, Digest previous) {
        List<SnapshotInput> snapshots = ledger.acceptedAt(100).stream()
                .map(s -> new SnapshotInput(s.account(), s.id()))
                .toList();
        return epoch(
                number,
                previous,
                new EpochInputs(
                        100, snapshots, List.of(), new TreeMap<>(Map.of("parameters", parameters)), accounts.inputs()));
    }

    private EpochRecord epoch(long number, Digest previous, EpochInputs inputs) {
        return FirstEpoch.record(number, previous, parameters, inputs);
    }

    private static List<AccountStatement> statements() {
        return List.of(
                new AccountStatement.Unmargined(2, "NO_SNAPSHOT", array(integer(2))),
                new AccountStatement.Margined(7, "open", 100, 80, 250, 150, 170, array(integer(7))));
    }

    /** Who was elected before seals nothing once another was, nor does who was never elected. */
    @Test
    void shouldSealInTheLastTermAlone() {
        EpochRecord first = epoch(1, Digest.ZERO);
        long before = epochs.beginTerm("one");
        long now = epochs.beginTerm("another");
        assertEquals(Optional.of("another"), epochs.sealer());
        for (long gone : new long[] {0, before, now + 1}) {
            Refusal refusal = assertInstanceOf(SealingResult.Refused.class, epochs.seal(first, statements(), gone))
                    .refusal();
            assertEquals(
                    new Refusal("term", String.valueOf(gone), "must be the last that began, 2 of another"), refusal);
        }
        assertEquals(Optional.empty(), epochs.latest());
        assertInstanceOf(SealingResult.Sealed.class, epochs.seal(first, statements(), now));
    }

    /** Also beside readers that asked a moment ago; another process of the house needs a moment to see it. */
    @Test
    void shouldShowReadersAtOnceWhatThisProcessSealed() throws InterruptedException {
        EpochRegister elsewhere = new EpochRegister(database);
        assertEquals(0, epochs.newest());
        assertEquals(0, elsewhere.newest());
        assertInstanceOf(SealingResult.Sealed.class, epochs.seal(epoch(1, Digest.ZERO), statements()));
        assertEquals(1, epochs.newest());
        Thread.sleep(NewestEpoch.OLD);
        assertEquals(1, elsewhere.newest());
    }

    private String refusedField(EpochRecord epoch) {
        return assertInstanceOf(SealingResult.Refused.class, epochs.seal(epoch, statements()))
                .refusal()
                .field();
    }

    @Test
    void shouldSealOnceWithInputsAndStatementsAndTellOfIt() {
        ledger.book(Snapshots.snapshot(AAVE, 50, "collateral 3 1"));
        EpochRecord first = epoch(1, Digest.ZERO);
        assertInstanceOf(SealingResult.Sealed.class, epochs.seal(first, statements()));
        assertInstanceOf(SealingResult.Duplicate.class, epochs.seal(first, statements()));
        assertEquals(Optional.of(first), epochs.epoch(1));
        assertEquals(Optional.of(first), epochs.latest());
        assertEquals(statements(), epochs.statements(1));
        assertEquals(Optional.of(statements().get(1)), epochs.statement(1, 7));
        List<OutboxRecord> told = new OutboxTable(database).from(2, 10);
        assertEquals(
                List.of("StatementIssued", "StatementIssued", "EpochSealed"),
                told.stream()
                        .map(r -> Event.of(r.event()).getClass().getSimpleName())
                        .toList());
    }

    @Test
    void shouldSealConsecutiveEpochsThatNameTheOneBefore() {
        EpochRecord first = epoch(1, Digest.ZERO);
        assertEquals("number", refusedField(epoch(2, digest("epoch 1"))));
        epochs.seal(first, List.of());
        assertEquals("previous", refusedField(epoch(2, digest("another"))));
        assertEquals("number", refusedField(epoch(3, digest("epoch 1"))));
        assertInstanceOf(SealingResult.Sealed.class, epochs.seal(epoch(2, digest("epoch 1")), List.of()));
        assertEquals(
                List.of(2L),
                epochs.epochs(2, 5).stream().map(e -> e.epoch().number()).toList());
        assertEquals(2, epochs.latest().orElseThrow().sealed().epoch().number());
    }

    @Test
    void shouldRefuseASecondEpochOfOneNumber() {
        EpochRecord first = epoch(1, Digest.ZERO);
        epochs.seal(first, List.of());
        EpochRecord other = new EpochRecord(new SealedEpoch(first.sealed().epoch(), digest("forged")), first.inputs());
        assertEquals("digest", refusedField(other));
    }

    @Test
    void shouldRefuseAnEpochWhoseInputsOrDocumentsAreNotKept() {
        EpochRecord good = epoch(1, Digest.ZERO);
        EpochInputs later = new EpochInputs(
                101,
                List.of(),
                List.of(),
                good.inputs().documents(),
                good.inputs().accounts());
        assertEquals("inputsSha256", refusedField(new EpochRecord(good.sealed(), later)));
        EpochInputs unknown = new EpochInputs(
                100, List.of(), List.of(), new TreeMap<>(Map.of("listing", digest("nowhere"))), List.of());
        assertEquals("documents.listing", refusedField(epoch(1, Digest.ZERO, unknown)));
        assertTrue(epochs.latest().isEmpty());
    }

    @Test
    void shouldKeepSignaturesOnTheEpochOnly() {
        SealedEpoch sealed = epoch(1, Digest.ZERO).sealed();
        epochs.seal(epoch(1, Digest.ZERO), List.of());
        EpochSignature signature = QuorumKey.generate().sign(EpochStatement.of(sealed, 100));
        epochs.attest(sealed, signature);
        epochs.attest(sealed, signature);
        assertEquals(List.of(signature), epochs.signatures(1));
        EpochStatement other = new EpochStatement(digest("house"), 1, digest("other"), 100);
        EpochSignature onAnother = QuorumKey.generate().sign(other);
        assertThrows(IllegalArgumentException.class, () -> epochs.attest(sealed, onAnother));
        EpochSignature atAnotherTime = QuorumKey.generate().sign(EpochStatement.of(sealed, 101));
        assertThrows(IllegalArgumentException.class, () -> epochs.attest(sealed, atAnotherTime));
        SealedEpoch unknown = new SealedEpoch(sealed.epoch(), digest("other"));
        EpochSignature onUnknown = QuorumKey.generate().sign(EpochStatement.of(unknown, 100));
        assertThrows(IllegalArgumentException.class, () -> epochs.attest(unknown, onUnknown));
        assertEquals(List.of(signature), epochs.signatures(1));
    }

    @Test
    void shouldKeepProofsWithTheirPublicInputs() {
        epochs.seal(epoch(1, Digest.ZERO), List.of());
        List<Digest> inputs = Stream.of("seal", "challenge", "scope", "nullifier", "claim")
                .map(EpochRegisterTest::digest)
                .toList();
        byte[] proof = "proof".getBytes(StandardCharsets.UTF_8);
        ProofRecord kept = epochs.keep(1, digest("vk"), inputs, proof);
        assertEquals(kept, epochs.keep(1, digest("vk"), inputs, proof));
        assertEquals(List.of(kept), epochs.proofs(1));
        assertEquals("proof", new String(documents.require(kept.digest()), StandardCharsets.UTF_8));
        FundProofRecord fund = epochs.keepFund(1, "fund".getBytes(StandardCharsets.UTF_8), proof);
        assertEquals(fund, epochs.keepFund(1, "fund".getBytes(StandardCharsets.UTF_8), proof));
        FundProofRecord second = epochs.keepFund(1, "more".getBytes(StandardCharsets.UTF_8), proof);
        assertEquals(List.of(fund, second), epochs.fundProofs(1));
        assertEquals("fund", new String(documents.require(fund.digest()), StandardCharsets.UTF_8));
        assertEquals("proof", new String(documents.require(fund.verifyingKey()), StandardCharsets.UTF_8));
        assertEquals(List.of(), epochs.fundProofs(2));
    }

    @Test
    void shouldRefuseFiguresThatDoNotBelongTogether() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new AccountStatement.Margined(7, "open", 100, 80, 250, 151, 170, array()));
    }

    @Test
    void shouldEncryptBundlesToTheNewestKeyOfEachAccount() {
        accounts.registerBundleKey(7, digest("key"));
        accounts.registerBundleKey(2, digest("key of another"));
        accounts.registerBundleKey(7, digest("new key"));
        accounts.registerBundleKey(7, digest("new key"));
        assertEquals(Optional.of(digest("new key")), accounts.bundleKey(7));
        assertEquals(Optional.of(digest("key of another")), accounts.bundleKey(2));
        accounts.open(new ClearingAccount(3, "other", "Gamma", List.of()));
        assertEquals(Optional.empty(), accounts.bundleKey(3));
    }

    @Test
    void shouldSealTheNewestIdentityAndSleeveOfEachAccount() {
        accounts.allocate(7, List.of(new PaidAllocation(4, 10)));
        accounts.allocate(7, List.of(new PaidAllocation(4, 12), new PaidAllocation(9, 1)));
        accounts.identify(7, new LeafIdentity(digest("new owner"), digest("new salt")));
        List<AccountInput> inputs = accounts.inputs();
        assertEquals(List.of(2, 7), inputs.stream().map(AccountInput::number).toList());
        assertEquals(
                new AccountInput(
                        7,
                        "Alpha",
                        0,
                        digest("new owner"),
                        digest("new salt"),
                        List.of(AAVE),
                        List.of(new PaidAllocation(4, 12), new PaidAllocation(9, 1))),
                inputs.getLast());
        accounts.open(new ClearingAccount(8, "fresh", "Alpha", List.of()));
        assertThrows(DatabaseException.class, accounts::inputs);
    }

    @Test
    void shouldOpenAnAccountOnceAndAddLinksThatAreNew() {
        VenueAccount deribit = new VenueAccount(2, "main");
        assertInstanceOf(
                OpeningResult.Unchanged.class, accounts.open(new ClearingAccount(7, "basis", "Alpha", List.of(AAVE))));
        assertInstanceOf(
                OpeningResult.Opened.class, accounts.open(new ClearingAccount(7, "basis", "Alpha", List.of(deribit))));
        assertEquals(List.of(AAVE, deribit), accounts.accounts().getLast().venueAccounts());
        for (ClearingAccount refused : List.of(
                new ClearingAccount(7, "renamed", "Alpha", List.of()),
                new ClearingAccount(9, "basis", "Alpha", List.of()),
                new ClearingAccount(7, "basis", "Gamma", List.of()),
                new ClearingAccount(2, "vol", "Beta", List.of(AAVE)),
                new ClearingAccount(2, "vol", "Beta", List.of(new VenueAccount(1, VenueAccount.MARKET))))) {
            assertInstanceOf(OpeningResult.Refused.class, accounts.open(refused), refused.toString());
        }
        assertEquals(2, accounts.accounts().size());
    }
}
