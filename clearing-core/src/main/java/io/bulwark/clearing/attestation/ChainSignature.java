package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * A secp256k1 signature as contracts take it.
 *
 * @param bytes r and s of 32 bytes each, then v, 27 or 28
 */
public record ChainSignature(byte[] bytes) {
    /** Length in bytes. */
    public static final int LENGTH = 65;

    /** v where the signature's point has an even ordinate. */
    static final int EVEN = 27;

    private static final int V = LENGTH - 1;

    /** Copies, and checks length and v. */
    public ChainSignature {
        bytes = bytes.clone();
        if (bytes.length != LENGTH || (bytes[V] != EVEN && bytes[V] != EVEN + 1)) {
            throw new IllegalArgumentException("chain signature must have 65 bytes and end in 27 or 28");
        }
    }

    static ChainSignature of(BigInteger r, BigInteger s, int v) {
        byte[] bytes = new byte[LENGTH];
        System.arraycopy(BigIntegers.asUnsignedByteArray(Digest.LENGTH, r), 0, bytes, 0, Digest.LENGTH);
        System.arraycopy(BigIntegers.asUnsignedByteArray(Digest.LENGTH, s), 0, bytes, Digest.LENGTH, Digest.LENGTH);
        bytes[V] = (byte) v;
        return new ChainSignature(bytes);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the signature's point has an odd ordinate: what transactions say in place of v. */
    public boolean odd() {
        return bytes[V] != EVEN;
    }

    /** Who signed a statement: the key that r and s belong to, if they belong to any (SEC 1, 4.1.6). */
    public Optional<ChainAddress> signer(ChainStatement statement) {
        return signer(statement.digest());
    }

    /** Who signed what a statement hashes to. */
    Optional<ChainAddress> signer(Digest digest) {
        BigInteger n = Secp256k1.CURVE.getN();
        BigInteger r = new BigInteger(1, Arrays.copyOf(bytes, Digest.LENGTH));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, Digest.LENGTH, V));
        if (r.signum() == 0 || s.signum() == 0 || r.compareTo(n) >= 0 || s.compareTo(n) >= 0) {
            return Optional.empty();
        }
        BigInteger hash = new BigInteger(1, digest.bytes());
        BigInteger inverse = r.modInverse(n);
        return point(r).map(point -> ECAlgorithms.sumOfTwoMultiplies(
                                Secp256k1.CURVE.getG(),
                                inverse.multiply(hash).negate().mod(n),
                                point,
                                inverse.multiply(s).mod(n))
                        .normalize())
                .filter(key -> !key.isInfinity())
                .map(Secp256k1::address);
    }

    /**
     * Why bytes are not an address's signature of a digest; empty if they are. The other signature that everybody can make of a good one,
     * with the higher s, is refused.
     */
    static Optional<String> objection(byte[] signature, ChainAddress signer, Digest digest) {
        if (signature.length != LENGTH) {
            return Optional.of("must have " + LENGTH + " bytes; has " + signature.length);
        }
        if (signature[V] != EVEN && signature[V] != EVEN + 1) {
            return Optional.of("must end in 27 or 28");
        }
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, Digest.LENGTH, V));
        if (s.compareTo(Secp256k1.CURVE.getN().shiftRight(1)) > 0) {
            return Optional.of("must have the lower s of the two that are possible (EIP-2)");
        }
        Optional<ChainAddress> found = new ChainSignature(signature).signer(digest);
        return found.filter(signer::equals).isPresent()
                ? Optional.empty()
                : Optional.of("must be of the signer; it is of "
                        + found.map(ChainAddress::text).orElse("nobody"));
    }

    /** The point with abscissa r and the ordinate that v names. */
    private Optional<ECPoint> point(BigInteger r) {
        byte[] compressed = new byte[Digest.LENGTH + 1];
        compressed[0] = (byte) (2 + bytes[V] - EVEN);
        System.arraycopy(BigIntegers.asUnsignedByteArray(Digest.LENGTH, r), 0, compressed, 1, Digest.LENGTH);
        try {
            return Optional.of(Secp256k1.CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /**
     * Signatures of a statement as one argument of a contract: each signer once, in the order of their addresses.
     *
     * @throws IllegalArgumentException if one is nobody's
     */
    public static byte[] joined(ChainStatement statement, Collection<ChainSignature> signatures) {
        SortedMap<ChainAddress, ChainSignature> bySigner = new TreeMap<>();
        for (ChainSignature signature : signatures) {
            bySigner.put(
                    signature
                            .signer(statement)
                            .orElseThrow(
                                    () -> new IllegalArgumentException("signature must be somebody's: " + signature)),
                    signature);
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        bySigner.values().forEach(signature -> joined.writeBytes(signature.bytes));
        return joined.toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChainSignature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
