package io.bulwark.clearing.attestation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.attestation.HouseStatement.Subject;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.epoch.FoundingDocument;
import io.bulwark.clearing.epoch.FoundingDocument.KeyRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuorumTest {
    private final QuorumKey first = QuorumKey.generate();
    private final QuorumKey second = QuorumKey.generate();
    private final QuorumKey third = QuorumKey.generate();
    private final Quorum quorum = Quorum.of(new FoundingDocument(
            "bulwark-test", 2, List.of(first.publicKey(), second.publicKey(), third.publicKey()), new KeyRule.Test()));
    private final EpochStatement statement = new EpochStatement(digest("house"), 7, digest("seven"), 1_000);

    @TempDir
    Path directory;

    private static Digest digest(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldAttestWhenEnoughDifferentMembersSigned() {
        assertEquals(
                new Quorum.Verdict.Attested(Set.of(first.publicKey(), third.publicKey())),
                quorum.verdict(statement, List.of(first.sign(statement), third.sign(statement))));
    }

    @Test
    void shouldCountAMemberOnceAndAStrangerNever() {
        QuorumKey stranger = QuorumKey.generate();
        assertEquals(
                new Quorum.Verdict.Unattested(1, 2),
                quorum.verdict(
                        statement, List.of(first.sign(statement), first.sign(statement), stranger.sign(statement))));
    }

    @Test
    void shouldRefuseASignatureOverAnythingElse() {
        EpochSignature signature = first.sign(statement);
        assertTrue(signature.signs(statement));
        assertFalse(signature.signs(new EpochStatement(statement.house(), 8, statement.digest(), 1_000)));
        assertFalse(signature.signs(new EpochStatement(statement.house(), 7, digest("other"), 1_000)));
        assertFalse(signature.signs(new EpochStatement(digest("other"), 7, statement.digest(), 1_000)));
        assertFalse(signature.signs(new EpochStatement(statement.house(), 7, statement.digest(), 1_001)), "the time");
        for (int i = 0; i < EpochSignature.LENGTH; i++) {
            byte[] changed = signature.signature();
            changed[i] ^= 1;
            assertFalse(new EpochSignature(signature.signer(), changed).signs(statement), "byte " + i);
        }
        assertFalse(new EpochSignature(second.publicKey(), signature.signature()).signs(statement));
        assertFalse(new EpochSignature(Digest.ZERO, signature.signature()).signs(statement));
    }

    @Test
    void shouldProveEquivocationByTwoSignedDigestsOfOneNumber() {
        EpochStatement other = new EpochStatement(statement.house(), 7, digest("other seven"), 1_000);
        Equivocation evidence = Equivocation.between(statement, first.sign(statement), other, first.sign(other))
                .orElseThrow();
        assertEquals(first.publicKey(), evidence.member());
    }

    /** Who gives one epoch two times makes a stale one look new. */
    @Test
    void shouldProveEquivocationByTwoTimesOfOneEpoch() {
        EpochStatement later = new EpochStatement(statement.house(), 7, statement.digest(), 2_000);
        assertTrue(Equivocation.between(statement, first.sign(statement), later, first.sign(later))
                .isPresent());
    }

    @Test
    void shouldProveEquivocationByTwoListsOfOneNumber() {
        HouseStatement list = new HouseStatement(digest("house"), 7, Subject.KEYS, digest("list"));
        HouseStatement other = new HouseStatement(digest("house"), 7, Subject.KEYS, digest("other list"));
        assertEquals(
                first.publicKey(),
                Equivocation.between(list, first.sign(list), other, first.sign(other))
                        .orElseThrow()
                        .member());
        for (QuorumStatement innocent : List.of(
                list,
                new HouseStatement(digest("house"), 8, Subject.KEYS, digest("other list")),
                new HouseStatement(digest("house"), 7, Subject.HOLDINGS, digest("other list")),
                new HouseStatement(digest("another"), 7, Subject.KEYS, digest("other list")),
                new EpochStatement(digest("house"), 7, digest("other list"), 1_000))) {
            assertTrue(
                    Equivocation.between(list, first.sign(list), innocent, first.sign(innocent))
                            .isEmpty(),
                    innocent.toString());
        }
    }

    /** A signature on one kind of document never serves for another. */
    @Test
    void shouldNotTakeASignatureOnAHouseStatementForAnotherSubjectOrEpoch() {
        HouseStatement list = new HouseStatement(digest("house"), 7, Subject.KEYS, digest("seven"));
        EpochSignature signature = first.sign(list);
        assertTrue(signature.signs(list));
        assertFalse(signature.signs(new HouseStatement(digest("house"), 7, Subject.NODES, digest("seven"))));
        assertFalse(signature.signs(new HouseStatement(digest("house"), 8, Subject.KEYS, digest("seven"))));
        assertFalse(signature.signs(new HouseStatement(digest("other"), 7, Subject.KEYS, digest("seven"))));
        assertFalse(signature.signs(statement));
        assertFalse(first.sign(statement).signs(list));
    }

    @Test
    void shouldNotAccuseWhoSignedOnceOrAnotherNumber() {
        EpochStatement next = new EpochStatement(statement.house(), 8, digest("eight"), 1_000);
        EpochStatement other = new EpochStatement(statement.house(), 7, digest("other seven"), 1_000);
        EpochSignature signed = first.sign(statement);
        assertTrue(Equivocation.between(statement, signed, statement, signed).isEmpty());
        assertTrue(
                Equivocation.between(statement, signed, next, first.sign(next)).isEmpty());
        assertTrue(Equivocation.between(statement, signed, other, second.sign(other))
                .isEmpty());
        assertTrue(Equivocation.between(statement, signed, other, signed).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> new Equivocation(statement, signed, other, signed));
    }

    @Test
    void shouldKeepTheKeyInAFileThatOnlyItsOwnerReads() throws Exception {
        Path file = directory.resolve("keys/quorum-0.key");
        QuorumKey created = QuorumKey.in(file);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(created.publicKey(), QuorumKey.in(file).publicKey());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThrows(IllegalStateException.class, () -> QuorumKey.in(file));
        assertThrows(IllegalStateException.class, () -> QuorumKey.keptIn(file));
    }

    @Test
    void shouldDrawNoKeyInPlaceOfAMissingOne() {
        Path file = directory.resolve("signing/quorum-0.key");
        String refusal = String.valueOf(assertThrows(IllegalStateException.class, () -> QuorumKey.keptIn(file))
                .getMessage());
        assertTrue(refusal.contains(file.toString()), refusal);
        assertFalse(Files.exists(file));
        assertEquals(QuorumKey.in(file).publicKey(), QuorumKey.keptIn(file).publicKey());
    }

    @Test
    void shouldRefuseAThresholdThatNobodyOrTooManyMeet() {
        assertThrows(IllegalArgumentException.class, () -> new Quorum(0, Set.of(first.publicKey())));
        assertThrows(IllegalArgumentException.class, () -> new Quorum(2, Set.of(first.publicKey())));
    }

    /** RFC 8032, section 7.1, test 1: the key pair of the standard. */
    @Test
    void shouldDerivePublicKeysAsTheStandardDoes() throws Exception {
        Path file = directory.resolve("rfc8032.key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        assertEquals(
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                QuorumKey.in(file).publicKey().hex());
    }
}
