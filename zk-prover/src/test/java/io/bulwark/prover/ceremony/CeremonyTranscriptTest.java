package io.bulwark.prover.ceremony;

import static io.bulwark.prover.ceremony.HandmadeTranscript.IMPORTED;
import static io.bulwark.prover.ceremony.HandmadeTranscript.POWERS;
import static io.bulwark.prover.ceremony.HandmadeTranscript.VERIFYING_KEY;
import static io.bulwark.prover.ceremony.HandmadeTranscript.circuit;
import static io.bulwark.prover.ceremony.HandmadeTranscript.publicKey;
import static io.bulwark.prover.ceremony.HandmadeTranscript.signedBy;
import static io.bulwark.prover.ceremony.HandmadeTranscript.transcript;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.ceremony.HandmadeTranscript.Written;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads a transcript counts. These are written by hand, as anybody can: what they name is nobody's key yet. */
final class CeremonyTranscriptTest {
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
