package io.bulwark.prover.ceremony;

import io.bulwark.clearing.epoch.CanonicalException;
import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the transcript of a sealed second phase says of its key. It says so truly if {@code bulwark ceremony verify} accepts its folder, or
 * if its digest is one that the reader trusts.
 *
 * @param sha256 of the transcript
 * @param verifyingKey SHA-256 of the verifying key that the ceremony made
 */
public record SealedTranscript(Digest sha256, Digest verifyingKey) {
    private static final int BYTES_MAX = 1 << 20;

    /**
     * Reads a transcript.
     *
     * @param bytes its file
     * @throws IllegalArgumentException if it is none, or of powers, or not sealed
     */
    public static SealedTranscript of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "transcript must have at most " + BYTES_MAX + " bytes; have " + bytes.length);
        }
        try {
            CanonicalFields fields = CanonicalReader.document(bytes, "bulwark-ceremony", 1);
            String kind = fields.fields("subject").text("kind");
            if (!kind.equals("circuit")) {
                throw new IllegalArgumentException("transcript must be of a circuit; have " + kind);
            }
            fields.value("contributions");
            CanonicalFields seal = fields.fields("seal");
            seal.bytes("beacon");
            seal.text("source");
            Digest key = seal.digest("result");
            seal.end();
            fields.end();
            return new SealedTranscript(Digest.sha256(bytes), key);
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("transcript must be that of a sealed ceremony: " + e.getMessage(), e);
        }
    }

    /** Reads a transcript from its file. */
    public static SealedTranscript read(Path file) {
        try {
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("transcript " + file, e);
        }
    }
}
