package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.binding.ProverLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The key that proofs of one circuit are checked with; its SHA-256 names it everywhere. */
public final class VerifyingKey {
    private final byte[] bytes;
    private final Digest sha256;

    private VerifyingKey(byte[] bytes) {
        this.bytes = bytes;
        this.sha256 = Digest.sha256(bytes);
    }

    /**
     * A key from its bytes.
     *
     * @throws IllegalArgumentException if it is empty or larger than any key
     */
    public static VerifyingKey of(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > ProverLibrary.REQUEST_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "verifying key must have 1 to " + ProverLibrary.REQUEST_BYTES_MAX + " bytes; have " + bytes.length);
        }
        return new VerifyingKey(bytes.clone());
    }

    /** A key from its file. */
    public static VerifyingKey read(Path file) {
        try {
            if (Files.size(file) > ProverLibrary.REQUEST_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "verifying key must have at most " + ProverLibrary.REQUEST_BYTES_MAX + " bytes: " + file);
            }
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("verifying key " + file, e);
        }
    }

    /** The byte form. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What the key is named by. */
    public Digest sha256() {
        return sha256;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }

    /** The digest. */
    @Override
    public String toString() {
        return "VerifyingKey[" + sha256 + "]";
    }
}
