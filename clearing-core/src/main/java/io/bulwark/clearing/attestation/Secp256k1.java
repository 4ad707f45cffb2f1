package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;

/** The curve and hash of EVM chains. */
final class Secp256k1 {
    static final ECDomainParameters CURVE = curve();

    private static final int HASH_BITS = 256;

    private Secp256k1() {}

    private static ECDomainParameters curve() {
        X9ECParameters named = CustomNamedCurves.getByName("secp256k1");
        return new ECDomainParameters(named.getCurve(), named.getG(), named.getN(), named.getH());
    }

    static byte[] keccak256(byte[] message) {
        KeccakDigest digest = new KeccakDigest(HASH_BITS);
        digest.update(message, 0, message.length);
        byte[] out = new byte[HASH_BITS / Byte.SIZE];
        digest.doFinal(out, 0);
        return out;
    }

    /** The last 20 bytes of the hash of the point's coordinates. */
    static ChainAddress address(ECPoint point) {
        byte[] encoded = point.normalize().getEncoded(false);
        byte[] hash = keccak256(Arrays.copyOfRange(encoded, 1, encoded.length));
        return ChainAddress.of(Arrays.copyOfRange(hash, hash.length - ChainAddress.LENGTH, hash.length));
    }

    /** What {@code personal_sign} of a text signs (EIP-191, version 0x45): the hash of a head, the text's length in bytes, and the text. */
    static Digest personalDigest(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("\u0019Ethereum Signed Message:\n" + message.length).getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + message.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(message, 0, whole, head.length, message.length);
        return Digest.of(keccak256(whole));
    }
}
