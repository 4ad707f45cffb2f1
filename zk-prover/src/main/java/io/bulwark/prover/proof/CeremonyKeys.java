package io.bulwark.prover.proof;

import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CeremonyState;
import io.bulwark.prover.ceremony.CeremonyTranscript;
import io.bulwark.prover.ceremony.CircuitShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Seals ceremonies and puts the keys that they make where provers and verifiers of a house look for them. */
public final class CeremonyKeys {
    private static final String UNFINISHED = "ceremony";

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

    private static void keep(Ceremony ceremony, CeremonyState state, Path unfinished, Path allKeys) throws IOException {
        if (state.subject().isPresent() && state.keys().isPresent()) {
            Path keys = folder(state.subject().map(CircuitShape::circuit), allKeys);
            Files.createDirectories(keys);
            Files.copy(ceremony.folder().resolve(Ceremony.TRANSCRIPT), unfinished.resolve(Ceremony.TRANSCRIPT));
            KeyFolder.ofCeremony(keys, state.subject().get(), state.transcript())
                    .complete(
                            unfinished,
                            KeyManifest.ofCeremony(
                                    ceremony.library().build(), state.keys().get()));
        }
    }
}
