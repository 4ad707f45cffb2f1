package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * A quorum member's secp256k1 key: what the member signs with for contracts, which cannot afford to check Ed25519 (about a million gas a
 * signature, against three thousand). The secret stays in here and in its file.
 */
public final class ChainKey {
    /** First byte of a transaction of EIP-1559. What members sign for contracts begins with 0x19, so neither is ever the other. */
    public static final byte SIGNED_ENVELOPE_TYPE = 2;

    private final BigInteger secret;
    private final ChainAddress address;

    private ChainKey(byte[] bytes) {
        this.secret = new BigInteger(1, bytes);
        if (secret.signum() == 0 || secret.compareTo(Secp256k1.CURVE.getN()) >= 0) {
            throw new IllegalStateException("chain key must be in [1, n) of secp256k1");
        }
        ECPoint point = Secp256k1.CURVE.getG().multiply(secret).normalize();
        this.address = Secp256k1.address(point);
    }

    /** A new key that is in no file. */
    public static ChainKey generate() {
        return new ChainKey(draw());
    }

    /**
     * The key of a file; the first time a new one, kept there.
     *
     * @throws IllegalStateException if others may read the file, or it does not hold a key
     */
    public static ChainKey in(Path file) {
        return new ChainKey(KeyFile.secret(file, ChainKey::draw));
    }

    /**
     * The key of a file that is there.
     *
     * @throws IllegalStateException if there is none, others may read it, or it does not hold a key
     */
    public static ChainKey kept(Path file) {
        return new ChainKey(KeyFile.secret(file, () -> {
            throw new IllegalStateException("key file " + file + " must exist");
        }));
    }

    /**
     * The key of a text, such as a session key that a venue knows.
     *
     * @param hex 64 hexadecimal digits, with 0x before them or not
     * @throws IllegalArgumentException if it is no key; what it is instead is not said
     */
    public static ChainKey of(String hex) {
        String digits = hex.startsWith("0x") ? hex.substring(2) : hex;
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException("chain key must be 64 hexadecimal digits");
        }
        return new ChainKey(HexFormat.of().parseHex(digits));
    }

    private static byte[] draw() {
        BigInteger secret = BigIntegers.createRandomInRange(
                BigInteger.ONE, Secp256k1.CURVE.getN().subtract(BigInteger.ONE), new SecureRandom());
        return BigIntegers.asUnsignedByteArray(Digest.LENGTH, secret);
    }

    /** What contracts know the key by. */
    public ChainAddress address() {
        return address;
    }

    /** Signs a statement; the same statement gives the same signature (RFC 6979). */
    public ChainSignature sign(ChainStatement statement) {
        return sign(statement.digest());
    }

    /** Signs a text as wallets do ({@code personal_sign}, EIP-191). */
    public ChainSignature signText(String text) {
        return sign(Secp256k1.personalDigest(text));
    }

    /**
     * Signs a transaction.
     *
     * @param envelope its type, and its fields in RLP
     * @throws IllegalArgumentException if it is no transaction of EIP-1559
     */
    public ChainSignature signTransaction(byte[] envelope) {
        if (envelope.length == 0 || envelope[0] != SIGNED_ENVELOPE_TYPE) {
            throw new IllegalArgumentException("transaction must begin with its type " + SIGNED_ENVELOPE_TYPE);
        }
        return sign(Digest.of(Secp256k1.keccak256(envelope)));
    }

    /** Signs what a statement hashes to. */
    ChainSignature sign(Digest statement) {
        byte[] digest = statement.bytes();
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, Secp256k1.CURVE));
        BigInteger[] parts = signer.generateSignature(digest);
        BigInteger r = parts[0];
        BigInteger s = parts[1].min(Secp256k1.CURVE.getN().subtract(parts[1]));
        return Arrays.stream(new int[] {ChainSignature.EVEN, ChainSignature.EVEN + 1})
                .mapToObj(v -> ChainSignature.of(r, s, v))
                .filter(signature ->
                        signature.signer(statement).filter(address::equals).isPresent())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("a signature just made must recover its signer " + address));
    }

    /** The address only. */
    @Override
    public String toString() {
        return "ChainKey[" + address + "]";
    }
}
