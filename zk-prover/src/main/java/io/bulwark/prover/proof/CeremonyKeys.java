package io.bulwark.prover.proof;

import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CeremonyState;
import io.bulwark.prover.ceremony.CeremonyTranscript;
import io.bulwark.prover.ceremony.CircuitShape;
import io.bulwark.prover.ceremony.SealedTranscript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Seals ceremonies and puts the keys that they make where provers and verifiers of a house look for them. */
public final class CeremonyKeys {
    private static final String UNFINISHED = "ceremony";

    /** Name, beside the keys, of the transcript of the powers that they stand on. */
    private static final String POWERS = "powers.cbor";

    /** The circuit that members rehearse with. Its proofs say nothing, and no verifier takes them. */
    private static final String REHEARSAL = "rehearsal";

    private static final String REHEARSALS = "rehearsals";

    private CeremonyKeys() {}

    /**
     * Verifies and seals a ceremony. The keys of a circuit get a folder of their own, with the transcript that they come from; those of a rehearsal beside the
     * folder of all keys, in {@code rehearsals}, so that no prover finds them.
     *
     * @param beacon public randomness, 16 to 64 bytes
     * @param source where anybody can look it up
     * @param allKeys folder of all keys; made if absent
     */
    public static Answer<CeremonyState> seal(Ceremony ceremony, byte[] beacon, String source, Path allKeys) {
        Path keys = folder(circuit(ceremony), allKeys);
        try {
            Files.createDirectories(keys);
            Path unfinished = KeyFolder.unfinished(keys, UNFINISHED);
            try {
                Answer<CeremonyState> answer = ceremony.seal(beacon, source, unfinished);
                if (answer instanceof Answer.Given<CeremonyState>(CeremonyState state)) {
                    keep(ceremony, state, unfinished, allKeys);
                }
                return answer;
            } finally {
                KeyFolder.remove(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("keys of a ceremony in " + keys, e);
        }
    }

    private static Path folder(Optional<String> circuit, Path allKeys) {
        return circuit.filter(REHEARSAL::equals).isPresent()
                ? allKeys.toAbsolutePath().normalize().resolveSibling(REHEARSALS)
                : allKeys;
    }

    /** What cannot be read is refused by the step itself, which names the rule. */
    private static Optional<String> circuit(Ceremony ceremony) {
        Path transcript = ceremony.folder().resolve(Ceremony.TRANSCRIPT);
        try {
            return Files.isRegularFile(transcript)
                    ? CeremonyTranscript.read(transcript).circuit()
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Why a house may not prove with keys, in words; empty if it may. The record counted those who signed; of the transcripts beside the keys a house also asks
     * that not all of them are its own.
     *
     * @param least signed contributors that the house's founders ask for
     * @param quorum keys of the house's quorum
     */
    public static Optional<String> flawFor(CircuitKeys keys, int least, Set<Digest> quorum) {
        return switch (keys.origin()) {
            case KeyOrigin.Unsafe unsafe -> Optional.of(unsafe.toString());
            case KeyOrigin.Ceremony counted ->
                counted.signed() < least
                        ? Optional.of(counted.signed() + " of " + least + " contributors signed: as good as unsafe")
                        : flawFor(keys.folder(), counted, least, quorum);
        };
    }

    static Optional<String> flawFor(Path folder, KeyOrigin.Ceremony named, int least, Set<Digest> quorum) {
        if (!Files.isRegularFile(folder.resolve(POWERS))) {
            return Optional.of("transcript of the powers must lie beside the keys, as " + POWERS);
        }
        SealedTranscript transcript = SealedTranscript.read(folder.resolve(Ceremony.TRANSCRIPT));
        return transcript.sha256().equals(named.transcript())
                ? transcript.flawFor(least, quorum, CeremonyTranscript.read(folder.resolve(POWERS)))
                : Optional.of("transcript beside the keys must be " + named.transcript());
    }

    private static void keep(Ceremony ceremony, CeremonyState state, Path unfinished, Path allKeys) throws IOException {
        if (state.subject().isPresent() && state.keys().isPresent()) {
            Path keys = folder(state.subject().map(CircuitShape::circuit), allKeys);
            Files.createDirectories(keys);
            Files.copy(ceremony.folder().resolve(Ceremony.TRANSCRIPT), unfinished.resolve(Ceremony.TRANSCRIPT));
            Files.copy(
                    ceremony.folder().resolve(Ceremony.POWERS).resolve(Ceremony.TRANSCRIPT),
                    unfinished.resolve(POWERS));
            KeyFolder.ofCeremony(keys, state.subject().get(), state.transcript())
                    .complete(
                            unfinished,
                            KeyManifest.ofCeremony(
                                    ceremony.library().build(), state.keys().get()));
        }
    }
}
