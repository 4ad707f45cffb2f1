package io.bulwark.clearing.register;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.EpochSignature;
import io.bulwark.clearing.attestation.HoldingPurpose;
import io.bulwark.clearing.attestation.HouseStatement;
import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.attestation.KeyList;
import io.bulwark.clearing.attestation.QuorumKey;
import io.bulwark.clearing.attestation.SignedHouseStatement;
import io.bulwark.clearing.database.Database;
import io.bulwark.clearing.database.DatabaseException;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.EpochInputs;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import io.bulwark.clearing.holding.HoldingList;
import io.bulwark.clearing.ledger.PostgresTestBed;
import io.bulwark.clearing.register.EpochRegister.SealingResult;
import io.bulwark.tier.OfHouse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OfHouse
final class FoundingRegisterTest {
    private static final List<QuorumKey> MEMBERS =
            Stream.generate(QuorumKey::generate).limit(4).toList();
    private static final List<Digest> QUORUM =
            MEMBERS.subList(0, 3).stream().map(QuorumKey::publicKey).toList();
    private static final FoundingDocument FOUNDING =
            new FoundingDocument("bulwark-test", 2, QUORUM, new KeyRule.Ceremony(3));

    private final Database database = Database.open(PostgresTestBed.freshDatabase());
    private final FoundingRegister foundings = new FoundingRegister(database);
    private final HouseStatementRegister statements = new HouseStatementRegister(database);

    @AfterEach
    void close() {
        database.close();
    }

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    private String refused(FoundingDocument other) {
        return foundings.found(other).orElseThrow().field();
    }

    @Test
    void shouldFoundOnceAndRefuseAnotherHouseByName() {
        assertEquals(Optional.empty(), foundings.stored());
        assertEquals(Optional.empty(), foundings.found(FOUNDING));
        assertEquals(Optional.empty(), foundings.found(FOUNDING));
        assertEquals(Optional.of(FOUNDING), foundings.stored());
        KeyRule three = new KeyRule.Ceremony(3);
        assertEquals("founding.network", refused(new FoundingDocument("other", 2, QUORUM, three)));
        assertEquals("founding.threshold", refused(new FoundingDocument("bulwark-test", 1, QUORUM, three)));
        assertEquals(
                "founding.keys", refused(new FoundingDocument("bulwark-test", 2, QUORUM, new KeyRule.Ceremony(4))));
        assertEquals("founding.keys", refused(new FoundingDocument("bulwark-test", 2, QUORUM, new KeyRule.Test())));
        List<Digest> strange =
                List.of(QUORUM.get(0), QUORUM.get(1), MEMBERS.get(3).publicKey());
        Refusal quorum = foundings
                .found(new FoundingDocument("bulwark-test", 2, strange, three))
                .orElseThrow();
        assertEquals("founding.quorum", quorum.field());
        assertEquals(MEMBERS.get(3).publicKey().hex(), quorum.value(), "the stranger by name");
        assertEquals("founding.quorum", refused(new FoundingDocument("bulwark-test", 2, QUORUM.reversed(), three)));
        assertEquals(Optional.of(FOUNDING), foundings.stored());
    }

    @Test
    void shouldTellVersionsApart() {
        foundings.found(FoundingDocument.withoutKeys("bulwark-test", 2, QUORUM));
        assertEquals("founding.version", refused(new FoundingDocument("bulwark-test", 2, QUORUM, new KeyRule.Test())));
    }

    @Test
    void shouldSayThatBooksAreOfAnEarlierRelease() {
        EpochInputs inputs = new EpochInputs(100, List.of(), List.of(), new TreeMap<>(), List.of());
        assertInstanceOf(
                SealingResult.Sealed.class,
                new EpochRegister(database)
                        .seal(FirstEpoch.record(1, Digest.ZERO, digest("parameters"), inputs), List.of()));
        String refusal = String.valueOf(
                assertThrows(DatabaseException.class, foundings::stored).getMessage());
        assertTrue(refusal.contains("attestations of version 1"), refusal);
        assertEquals(1, refusal.lines().count());
        assertThrows(DatabaseException.class, () -> foundings.found(FOUNDING));
    }

    private static Function<HouseStatement, List<EpochSignature>> signedBy(int... members) {
        return statement -> java.util.Arrays.stream(members)
                .mapToObj(i -> MEMBERS.get(i).sign(statement))
                .toList();
    }

    private SignedHouseStatement list(String key) {
        return statements.publish(
                Subject.KEYS,
                (house, newest) -> {
                    KeyList.Entry entry = new KeyList.Entry(digest(key), 1, 0);
                    return Optional.of(newest.map(signed -> KeyList.of(CanonicalReader.read(signed.document()))
                                    .with(entry))
                            .orElseGet(() -> KeyList.first(house, entry))
                            .canonical());
                },
                signedBy(0, 1, 2));
    }

    @Test
    void shouldNumberListsOfKeysAndKeepTheirSignatures() {
        foundings.found(FOUNDING);
        assertEquals(List.of(), statements.latest());
        SignedHouseStatement first = list("account");
        SignedHouseStatement second = list("book");
        assertEquals(1, first.statement().number());
        assertEquals(2, second.statement().number());
        assertEquals(FOUNDING.house(), second.statement().house());
        SignedHouseStatement newest = statements.latest(Subject.KEYS).orElseThrow();
        assertEquals(second.statement(), newest.statement());
        assertEquals(3, newest.signatures().size());
        assertEquals(
                Optional.empty(),
                KeyList.of(CanonicalReader.read(newest.document()))
                        .flawAfter(KeyList.of(CanonicalReader.read(first.document()))));
        assertEquals(List.of(newest), statements.latest());
        assertEquals(
                Optional.of(first.statement()),
                statements.find(Subject.KEYS, first.statement().digest()).map(SignedHouseStatement::statement));
        assertEquals(
                Optional.empty(),
                statements.find(Subject.HOLDINGS, first.statement().digest()));
        assertEquals(
                newest,
                statements.publish(Subject.KEYS, (house, list) -> Optional.empty(), signedBy()),
                "nothing to add: nothing signed");
    }

    /** Lists for the reserves and the fund of one epoch stand under numbers of their own: no member contradicts itself. */
    @Test
    void shouldNumberHoldingsOfEveryPurposeInOneRow() {
        foundings.found(FOUNDING);
        List<SignedHouseStatement> signed = new ArrayList<>();
        for (HoldingPurpose purpose : HoldingPurpose.values()) {
            HoldingList list = new HoldingList(FOUNDING.house(), 1, purpose, new TreeMap<>(), List.of());
            signed.add(statements.publish(
                    Subject.HOLDINGS, (house, newest) -> Optional.of(list.canonical()), signedBy(0, 1, 2)));
        }
        assertEquals(
                List.of(1L, 2L),
                signed.stream().map(one -> one.statement().number()).toList());
        assertFalse(signed.getFirst().statement().contradicts(signed.getLast().statement()));
        assertFalse(signed.getFirst()
                .statement()
                .digest()
                .equals(signed.getLast().statement().digest()));
        assertEquals(
                signed.stream().map(SignedHouseStatement::statement).toList(),
                statements.all(Subject.HOLDINGS).stream()
                        .map(SignedHouseStatement::statement)
                        .toList());
        assertEquals(List.of(), statements.all(Subject.KEYS));
    }

    @Test
    void shouldKeepNoDocumentThatTooFewMembersSigned() {
        HouseStatementRegister.Next next = (house, newest) -> Optional.of(array(CanonicalValue.text("a list")));
        assertThrows(DatabaseException.class, () -> statements.publish(Subject.KEYS, next, signedBy(0, 1)), "no house");
        foundings.found(FOUNDING);
        assertThrows(IllegalArgumentException.class, () -> statements.publish(Subject.KEYS, next, signedBy(0)));
        assertThrows(IllegalArgumentException.class, () -> statements.publish(Subject.KEYS, next, signedBy(0, 3)));
        HouseStatement other = new HouseStatement(FOUNDING.house(), 9, Subject.KEYS, digest("other"));
        assertThrows(
                IllegalArgumentException.class,
                () -> statements.publish(
                        Subject.KEYS, next, statement -> signedBy(0, 1, 2).apply(other)));
        assertEquals(Optional.empty(), statements.latest(Subject.KEYS));
        assertThrows(
                DatabaseException.class,
                () -> statements.publish(Subject.KEYS, (house, newest) -> Optional.empty(), signedBy()));
    }
}
