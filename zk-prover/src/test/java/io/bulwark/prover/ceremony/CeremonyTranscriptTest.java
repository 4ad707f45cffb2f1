package io.bulwark.prover.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** Whoever reads a transcript counts. These are written by hand, as anybody can: what they name is nobody's key yet. */
final class CeremonyTranscriptTest {
    private static final Digest VERIFYING_KEY = Digest.sha256(new byte[] {1});
    private static final CanonicalValue POWERS =
            CanonicalValue.array(CanonicalValue.text("powers"), CanonicalValue.integer(7));
    private static final CanonicalValue IMPORTED = CanonicalValue.array(
            CanonicalValue.text("imported"),
            CanonicalValue.integer(8),
            CanonicalValue.text("some.ptau"),
            CanonicalValue.bytes(VERIFYING_KEY),
            CanonicalValue.bytes(VERIFYING_KEY));

    /** One entry to be written; key 0 signs nothing. */
    private record Written(int number, int key) {}

    private static List<Written> signedBy(int... keys) {
        List<Written> entries = new ArrayList<>();
        for (int key : keys) {
            entries.add(new Written(entries.size() + 1, key));
        }
        return entries;
    }

    private static byte[] secret(int key) {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Arrays.fill(secret, (byte) key);
        return secret;
    }

    private static Digest publicKey(int key) {
        byte[] bytes = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret(key), 0, bytes, 0);
        return Digest.of(bytes);
    }

    private static CanonicalValue circuit(Digest powers) {
        CanonicalValue digest = CanonicalValue.bytes(VERIFYING_KEY);
        return CanonicalValue.array(
                CanonicalValue.text("circuit"),
                CanonicalValue.integer(7),
                CanonicalValue.text("rehearsal"),
                CanonicalValue.array(CanonicalValue.integer(40)),
                CanonicalValue.integer(90),
                digest,
                CanonicalValue.bytes(powers),
                digest);
    }

    /** A transcript whose links follow from each other; signatures are made for the number that an entry says it signed. */
    private static byte[] transcript(CanonicalValue subject, List<Written> entries, boolean sealed, long version) {
        List<CanonicalValue> written = new ArrayList<>();
        Digest before = subject.sha256();
        for (Written entry : entries) {
            CanonicalValue number = CanonicalValue.integer(written.size() + 1);
            CanonicalValue name = CanonicalValue.text("Ada");
            CanonicalValue file = CanonicalValue.bytes(VERIFYING_KEY);
            CanonicalValue link = CanonicalValue.bytes(before);
            byte[] message = CanonicalValue.array(
                            CanonicalValue.text("bulwark-contribution"),
                            CanonicalValue.integer(1),
                            CanonicalValue.bytes(subject.sha256()),
                            CanonicalValue.integer(entry.number()),
                            name,
                            file,
                            link)
                    .encode();
            byte[] signature = new byte[entry.key() == 0 ? 0 : Ed25519.SIGNATURE_SIZE];
            if (entry.key() != 0) {
                Ed25519.sign(secret(entry.key()), 0, message, 0, message.length, signature, 0);
            }
            CanonicalValue key =
                    entry.key() == 0 ? CanonicalValue.bytes(new byte[0]) : CanonicalValue.bytes(publicKey(entry.key()));
            CanonicalValue value = CanonicalValue.array(number, name, file, link, key, CanonicalValue.bytes(signature));
            written.add(value);
            before = value.sha256();
        }
        CanonicalValue seal = sealed
                ? CanonicalValue.array(
                        CanonicalValue.bytes(new byte[16]),
                        CanonicalValue.text("a block"),
                        CanonicalValue.bytes(VERIFYING_KEY))
                : CanonicalValue.array();
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-ceremony"),
                        CanonicalValue.integer(version),
                        subject,
                        CanonicalValue.array(written),
                        seal)
                .encode();
    }

    private static byte[] transcript(CanonicalValue subject, List<Written> entries) {
        return transcript(subject, entries, true, 2);
    }

    private static SealedTranscript sealed(Digest powers, int... keys) {
        return SealedTranscript.of(transcript(circuit(powers), signedBy(keys)));
    }

    private static CeremonyTranscript powers(int... keys) {
        return CeremonyTranscript.of(transcript(POWERS, signedBy(keys)));
    }

    @Test
    void shouldCountDifferentKeysThatSigned() {
        for (List<Integer> counted : List.of(
                List.of(0, 0, 0, 0),
                List.of(1, 0, 5, 0),
                List.of(1, 5, 5, 5),
                List.of(2, 5, 6, 5),
                List.of(3, 5, 6, 7))) {
            int[] keys = counted.stream().skip(1).mapToInt(Integer::intValue).toArray();
            SealedTranscript read = sealed(VERIFYING_KEY, keys);
            assertEquals(counted.getFirst(), read.transcript().signed(), counted.toString());
            assertEquals(3, read.transcript().contributions());
            Optional<String> flaw = read.transcript().flawFor(CeremonyTranscript.SIGNED_LEAST, Set.of());
            assertEquals(counted.getFirst() < 3, flaw.isPresent(), counted + ": " + flaw);
            assertTrue(
                    flaw.isEmpty()
                            || flaw.get().equals(counted.getFirst() + " of 3 contributors signed: as good as unsafe"),
                    flaw.toString());
        }
    }

    @Test
    void shouldRefuseASealOverNoContribution() {
        byte[] none = transcript(circuit(VERIFYING_KEY), List.of());
        assertTrue(refusal(none).contains("seal"), refusal(none));
        byte[] open = transcript(circuit(VERIFYING_KEY), List.of(), false, 2);
        assertEquals(0, CeremonyTranscript.of(open).signed());
        assertTrue(refusal(open).contains("no seal"), refusal(open));
    }

    @Test
    void shouldRefuseASignatureOnAnotherNumber() {
        byte[] moved =
                transcript(circuit(VERIFYING_KEY), List.of(new Written(1, 5), new Written(3, 6), new Written(3, 7)));
        assertTrue(refusal(moved).contains("contributions[1].signature"), refusal(moved));
    }

    @Test
    void shouldRefuseEveryFlippedByteBeforeTheSeal() {
        byte[] good = transcript(circuit(VERIFYING_KEY), signedBy(5, 6, 7), false, 2);
        Digest sha256 = CeremonyTranscript.of(good).sha256();
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= 1;
            try {
                // What makes another subject of it is another ceremony, of which no signature holds.
                CeremonyTranscript read = CeremonyTranscript.of(changed);
                assertTrue(read.sha256().equals(sha256), "byte " + at + " may be changed");
            } catch (IllegalArgumentException expected) {
                assertTrue(expected.getMessage() != null);
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoSealedSecondPhaseOfThisVersion() {
        assertTrue(refusal(transcript(POWERS, signedBy(5, 6, 7))).contains("powers"));
        byte[] old = transcript(circuit(VERIFYING_KEY), signedBy(5, 6, 7), true, 1);
        assertTrue(refusal(old).contains("version"), refusal(old));
        byte[] unknown =
                transcript(CanonicalValue.array(CanonicalValue.text("x"), CanonicalValue.integer(7)), signedBy(5));
        assertTrue(refusal(unknown).contains("subject.kind"), refusal(unknown));
    }

    private static String refusal(byte[] transcript) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> SealedTranscript.of(transcript))
                .getMessage());
    }

    /** A quorum that made its own keys alone could forge what it signs anyway: somebody else must have been there, in both phases. */
    @Test
    void shouldAskForAContributorOutsideTheQuorumInBothPhases() {
        Set<Digest> quorum = Set.of(publicKey(5), publicKey(6), publicKey(7));
        CeremonyTranscript below = powers(5, 6, 8);
        assertEquals(Optional.empty(), sealed(below.sha256(), 5, 6, 9).flawFor(3, quorum, below));
        CeremonyTranscript more = powers(5, 6, 7, 8);
        assertEquals(Optional.empty(), sealed(more.sha256(), 5, 6, 7, 9).flawFor(4, quorum, more));
        assertFlaw("every contributor", sealed(below.sha256(), 5, 6, 7), 3, quorum, below);
        assertFlaw("3 of 4 contributors", sealed(below.sha256(), 5, 6, 9), 4, quorum, below);

        CeremonyTranscript own = powers(5, 6, 7);
        assertFlaw("of the powers: every contributor", sealed(own.sha256(), 5, 6, 9), 3, quorum, own);
        CeremonyTranscript few = powers(8, 8, 0);
        assertFlaw("of the powers: 1 of 3", sealed(few.sha256(), 5, 6, 9), 3, quorum, few);
        assertFlaw("powers must be of transcript", sealed(few.sha256(), 5, 6, 9), 3, quorum, own);
    }

    @Test
    void shouldCountNobodyForPowersThatWereMadeInPublic() {
        CeremonyTranscript imported = CeremonyTranscript.of(transcript(IMPORTED, List.of(), false, 2));
        assertEquals(Optional.empty(), sealed(imported.sha256(), 5, 6, 7).flawFor(3, Set.of(), imported));
        CeremonyTranscript onTop = CeremonyTranscript.of(transcript(IMPORTED, signedBy(5)));
        assertFlaw("of the powers: 1 of 3", sealed(onTop.sha256(), 5, 6, 7), 3, Set.of(), onTop);
    }

    private static void assertFlaw(
            String flaw, SealedTranscript key, int least, Set<Digest> quorum, CeremonyTranscript below) {
        Optional<String> found = key.flawFor(least, quorum, below);
        assertTrue(found.filter(text -> text.startsWith(flaw)).isPresent(), found.toString());
    }
}
