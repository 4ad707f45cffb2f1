package io.bulwark.prover.ceremony;

import io.bulwark.clearing.document.Digest;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the transcript of a sealed second phase says of its key. It says so truly if {@code bulwark proof ceremony verify} accepts its folder, or if its digest is
 * one that the reader trusts: alone it makes no key trusted.
 *
 * @param transcript the whole transcript
 * @param verifyingKey SHA-256 of the verifying key that the ceremony made
 * @param powers SHA-256 of the transcript of the powers that it stands on
 */
public record SealedTranscript(CeremonyTranscript transcript, Digest verifyingKey, Digest powers) {
    /**
     * Reads a transcript.
     *
     * @param bytes its file
     * @throws IllegalArgumentException if it is none, or of powers, or not sealed
     */
    public static SealedTranscript of(byte[] bytes) {
        return of(CeremonyTranscript.of(bytes));
    }

    /** Reads a transcript from its file. */
    public static SealedTranscript read(Path file) {
        return of(CeremonyTranscript.read(file));
    }

    private static SealedTranscript of(CeremonyTranscript transcript) {
        Digest powers = transcript
                .powers()
                .orElseThrow(() -> new IllegalArgumentException("transcript must be of a circuit; have powers"));
        Digest key = transcript
                .result()
                .orElseThrow(() ->
                        new IllegalArgumentException("transcript must be that of a sealed ceremony; have no seal"));
        return new SealedTranscript(transcript, key, powers);
    }

    /** SHA-256 of the transcript. */
    public Digest sha256() {
        return transcript.sha256();
    }

    /**
     * Why a house may not take the key, in words; empty if it may. Whoever knows the secrets of the powers forges under every key that stands on them, so
     * they are asked the same; those of a file that is known in public, without a contribution on top, are not the house's to count: the key record counted
     * nobody if the file was not known.
     *
     * @param least signed contributors that the house's founders ask for
     * @param quorum keys of the house's quorum
     * @param below the transcript of the powers
     */
    public Optional<String> flawFor(int least, Set<Digest> quorum, CeremonyTranscript below) {
        if (!below.sha256().equals(powers)) {
            return Optional.of("powers must be of transcript " + powers + "; have " + below.sha256());
        }
        Optional<String> own = transcript.flawFor(least, quorum);
        if (own.isPresent() || (below.imported() && below.contributions() == 0)) {
            return own;
        }
        return below.flawFor(least, quorum).map(flaw -> "of the powers: " + flaw);
    }
}
