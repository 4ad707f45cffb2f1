package io.bulwark.clearing.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Thirty-two bytes that name something: a SHA-256 digest, or a root or digest of the trees (big-endian field element).
 *
 * <p>Equal by value, ordered as unsigned bytes from the left, printed as 64 lower-case hexadecimal digits.
 */
public final class Digest implements Comparable<Digest> {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** All bytes 0: what a house does not have. */
    public static final Digest ZERO = new Digest(new byte[LENGTH]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] bytes;

    private Digest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The digest that consists of these bytes.
     *
     * @throws CanonicalException if there are not exactly 32
     */
    public static Digest of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new CanonicalException("digest", bytes.length + " bytes", "must have 32 bytes");
        }
        return new Digest(bytes.clone());
    }

    /**
     * Reads 64 lower-case hexadecimal digits.
     *
     * @throws CanonicalException for any other text
     */
    public static Digest parse(String hex) {
        if (hex.length() != 2 * LENGTH
                || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw new CanonicalException("digest", "\"" + hex + "\"", "must be 64 lower-case hexadecimal digits");
        }
        return new Digest(HEX.parseHex(hex));
    }

    /** SHA-256 of these bytes, one part after the other. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest sha = hashing();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return new Digest(sha.digest());
    }

    /** SHA-256 of what comes piece by piece. */
    public static MessageDigest hashing() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes (a copy). */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HEX.formatHex(bytes);
    }

    /** Whether all bytes are 0. */
    public boolean isZero() {
        return equals(ZERO);
    }

    @Override
    public int compareTo(Digest other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
