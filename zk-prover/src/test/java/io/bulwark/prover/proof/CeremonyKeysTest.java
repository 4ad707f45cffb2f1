package io.bulwark.prover.proof;

import static io.bulwark.prover.ceremony.HandmadeTranscript.POWERS;
import static io.bulwark.prover.ceremony.HandmadeTranscript.circuit;
import static io.bulwark.prover.ceremony.HandmadeTranscript.publicKey;
import static io.bulwark.prover.ceremony.HandmadeTranscript.signedBy;
import static io.bulwark.prover.ceremony.HandmadeTranscript.transcript;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a house asks of the transcripts beside keys: somebody who is not of its quorum, in both phases. */
final class CeremonyKeysTest {
    private static final Set<Digest> QUORUM = Set.of(publicKey(5), publicKey(6), publicKey(7));

    @TempDir
    private Path folder = Path.of("");

    private Optional<String> flaw(int[] ofPowers, int... ofKey) throws IOException {
        byte[] powers = transcript(POWERS, signedBy(ofPowers));
        byte[] key = transcript(circuit(Digest.sha256(powers)), signedBy(ofKey));
        Files.write(folder.resolve("powers.cbor"), powers);
        Files.write(folder.resolve("transcript.cbor"), key);
        return asked(Digest.sha256(key), Digest.sha256(powers));
    }

    private Optional<String> asked(Digest transcript, Digest powers) {
        return CeremonyKeys.flawFor(folder, new KeyOrigin.Ceremony(transcript, powers, 3, 3), 3, QUORUM);
    }

    @Test
    void shouldAskForSomebodyOutsideTheQuorum() throws IOException {
        assertEquals(Optional.empty(), flaw(new int[] {5, 6, 8}, 5, 6, 9));
        assertFlaw("every contributor who signed", flaw(new int[] {5, 6, 8}, 5, 6, 7));
        assertFlaw("of the powers: every contributor", flaw(new int[] {5, 6, 7}, 5, 6, 9));
        assertFlaw("of the powers: 1 of 3", flaw(new int[] {8}, 5, 6, 9));
        assertFlaw("2 of 3", flaw(new int[] {5, 6, 8}, 9, 9, 5));
    }

    @Test
    void shouldNotTakeOtherTranscriptsThanThoseOfTheRecord() throws IOException {
        assertEquals(Optional.empty(), flaw(new int[] {5, 6, 8}, 5, 6, 9));
        assertFlaw("transcript beside the keys must be", asked(Digest.ZERO, Digest.ZERO));
        Digest key = Digest.sha256(Files.readAllBytes(folder.resolve("transcript.cbor")));
        Files.write(folder.resolve("powers.cbor"), transcript(POWERS, signedBy(8, 9, 10)));
        assertFlaw("powers must be of transcript", asked(key, Digest.ZERO));
        Files.delete(folder.resolve("powers.cbor"));
        assertFlaw("transcript of the powers must lie beside the keys", asked(key, Digest.ZERO));
    }

    private static void assertFlaw(String words, Optional<String> flaw) {
        assertTrue(flaw.filter(text -> text.startsWith(words)).isPresent(), flaw.toString());
    }
}
