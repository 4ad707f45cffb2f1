package io.bulwark.prover.proof;

import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.ceremony.Ceremony;
import io.bulwark.prover.ceremony.CeremonyState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Seals ceremonies and puts the keys that they make where provers and verifiers of a house look for them. */
public final class CeremonyKeys {
    private static final String UNFINISHED = "ceremony";

    private CeremonyKeys() {}

    /**
     * Verifies and seals a ceremony. The keys of a circuit get a folder of their own, with the transcript that they come from.
     *
     * @param beacon public randomness, 16 to 64 bytes
     * @param source where anybody can look it up
     * @param keys folder of all keys; made if absent
     */
    public static Answer<CeremonyState> seal(Ceremony ceremony, byte[] beacon, String source, Path keys) {
        try {
            Files.createDirectories(keys);
            Path unfinished = KeyFolder.unfinished(keys, UNFINISHED);
            try {
                Answer<CeremonyState> answer = ceremony.seal(beacon, source, unfinished);
                if (answer instanceof Answer.Given<CeremonyState>(CeremonyState state)) {
                    keep(ceremony, state, unfinished, keys);
                }
                return answer;
            } finally {
                KeyFolder.remove(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("keys of a ceremony in " + keys, e);
        }
    }

    private static void keep(Ceremony ceremony, CeremonyState state, Path unfinished, Path keys) throws IOException {
        if (state.subject().isPresent() && state.keys().isPresent()) {
            Files.copy(ceremony.folder().resolve(Ceremony.TRANSCRIPT), unfinished.resolve(Ceremony.TRANSCRIPT));
            KeyFolder.ofCeremony(keys, state.subject().get(), state.transcript())
                    .complete(
                            unfinished,
                            KeyManifest.ofCeremony(
                                    ceremony.library().build(), state.keys().get()));
        }
    }
}
