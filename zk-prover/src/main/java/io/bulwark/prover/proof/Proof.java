package io.bulwark.prover.proof;

import java.util.Arrays;
import java.util.HexFormat;

/** A Groth16 proof over BN254 with one commitment, in its compressed form of exactly 196 bytes. */
public final class Proof {
    /** Length of the byte form. */
    public static final int BYTES = 196;

    private static final int COUNT_OFFSET = 128;
    private static final byte[] ONE_COMMITMENT = {0, 0, 0, 1};

    private final byte[] bytes;

    private Proof(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads the byte form; whether its points lie on the curve is the verifier's to say.
     *
     * @throws IllegalArgumentException if there are not 196 bytes, or the count of commitments is not 1 (a decoder that trusts this count can be made to allocate
     *     gigabytes)
     */
    public static Proof of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("proof must have " + BYTES + " bytes; have " + bytes.length);
        }
        byte[] count = Arrays.copyOfRange(bytes, COUNT_OFFSET, COUNT_OFFSET + ONE_COMMITMENT.length);
        if (!Arrays.equals(count, ONE_COMMITMENT)) {
            throw new IllegalArgumentException("proof must have one commitment (bytes 128 to 131 are 00000001); have "
                    + HexFormat.of().formatHex(count));
        }
        return new Proof(bytes.clone());
    }

    /** The byte form. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proof proof && Arrays.equals(bytes, proof.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The byte form in lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
