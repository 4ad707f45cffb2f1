package io.bulwark.prover.binding;

import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/**
 * A number modulo r, the order of BN254's scalar field, in canonical form (0 ≤ x &lt; r).
 *
 * <p>Held as four 64-bit limbs read as unsigned, highest first, so that two equal elements are equal records. The byte form is 32
 * bytes, big-endian; a value that is not below r is refused, never reduced.
 *
 * @param limb3 bits 192 to 255
 * @param limb2 bits 128 to 191
 * @param limb1 bits 64 to 127
 * @param limb0 bits 0 to 63
 */
public record FieldElement(long limb3, long limb2, long limb1, long limb0) {

    /** Length of the byte form. */
    public static final int BYTES = 32;

    /** r = 21888242871839275222246405745257275088548364400416034343698204186575808495617. */
    public static final BigInteger ORDER =
            new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);

    private static final long[] ORDER_LIMBS = {
        0x30644e72e131a029L, 0xb85045b68181585dL, 0x2833e84879b97091L, 0x43e1f593f0000001L
    };

    /** 0, which also stands for whatever a house does not have. */
    public static final FieldElement ZERO = new FieldElement(0, 0, 0, 0);

    /** Refuses a number that is not below r. */
    public FieldElement {
        if (!belowOrder(limb3, limb2, limb1, limb0)) {
            throw new IllegalArgumentException("field element must be below the order of BN254's scalar field");
        }
    }

    private static boolean belowOrder(long limb3, long limb2, long limb1, long limb0) {
        long[] limbs = {limb3, limb2, limb1, limb0};
        for (int i = 0; i < limbs.length; i++) {
            int order = Long.compareUnsigned(limbs[i], ORDER_LIMBS[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    /** The element of an integer; a negative one is r − |x|, as everywhere in the encodings. */
    public static FieldElement of(long value) {
        if (value >= 0) {
            return new FieldElement(0, 0, 0, value);
        }
        return of(ORDER.add(BigInteger.valueOf(value)));
    }

    /**
     * The element of a non-negative integer.
     *
     * @throws IllegalArgumentException if the value is negative or not below r
     */
    public static FieldElement of(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException("field element must be in [0, r); have one of sign " + value.signum()
                    + " and " + value.bitLength() + " bits");
        }
        return new FieldElement(
                value.shiftRight(192).longValue(),
                value.shiftRight(128).longValue(),
                value.shiftRight(64).longValue(),
                value.longValue());
    }

    /**
     * Reads the byte form.
     *
     * @param bytes exactly 32 bytes, big-endian
     * @throws IllegalArgumentException if the length is another or the value is not below r
     */
    public static FieldElement ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("field element must have 32 bytes; have " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new FieldElement(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /**
     * The element whose byte form ends with the given bytes, zeros before them.
     *
     * @param bytes at most 32 bytes, big-endian
     */
    public static FieldElement ofShortBytes(byte[] bytes) {
        return of(new BigInteger(1, bytes));
    }

    /**
     * The element that a digest's 32 bytes are, big-endian.
     *
     * @throws IllegalArgumentException if the value is not below r
     */
    public static FieldElement ofDigest(Digest digest) {
        return ofBytes(digest.bytes());
    }

    /** The byte form as a digest: how roots and tree digests are stored. */
    public Digest digest() {
        return Digest.of(bytes());
    }

    /** The byte form: 32 bytes, big-endian. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(limb3)
                .putLong(limb2)
                .putLong(limb1)
                .putLong(limb0)
                .array();
    }

    /** The value, 0 ≤ value &lt; r. */
    public BigInteger value() {
        return new BigInteger(1, bytes());
    }

    /** Whether this is 0. */
    public boolean isZero() {
        return (limb3 | limb2 | limb1 | limb0) == 0;
    }

    /** The byte form in lower-case hexadecimal, 64 digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The byte forms one after the other. */
    public static byte[] concatenate(List<FieldElement> elements) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(BYTES, elements.size()));
        elements.forEach(element -> buffer.put(element.bytes()));
        return buffer.array();
    }

    @Override
    public String toString() {
        return hex();
    }
}
