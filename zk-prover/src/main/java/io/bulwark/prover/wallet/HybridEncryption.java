package io.bulwark.prover.wallet;

import io.bulwark.clearing.document.Digest;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * Hybrid public-key encryption of RFC 9180 in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, one message a key. The
 * construction is Bouncy Castle's; the suite is chosen here. Whoever knows the public key can encrypt: that a bundle is true is checked by
 * its roots, never by who sent it.
 */
final class HybridEncryption {
    /** Bytes of a key, public or private, and of an encapsulation. */
    static final int KEY_BYTES = 32;

    /** Bytes by which a ciphertext is longer than its plaintext. */
    static final int TAG_BYTES = 16;

    private HybridEncryption() {}

    /** The suite, a new one for every use: it keeps the state of its hash. */
    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_CHACHA20_POLY1305);
    }

    /**
     * What one encryption gives.
     *
     * @param encapsulation what the recipient finds the message's key by
     * @param ciphertext the message and its tag
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Encrypted(byte[] encapsulation, byte[] ciphertext) {}

    static AsymmetricCipherKeyPair pair(byte[] privateKey) {
        return suite().deserializePrivateKey(privateKey, null);
    }

    static BundleKey publicKey(AsymmetricCipherKeyPair pair) {
        return new BundleKey(Digest.of(suite().serializePublicKey(pair.getPublic())));
    }

    static Encrypted encrypt(BundleKey recipient, byte[] info, byte[] associated, byte[] plaintext) {
        try {
            HPKE suite = suite();
            byte[][] parts = suite.seal(
                    suite.deserializePublicKey(recipient.point().bytes()),
                    info,
                    associated,
                    plaintext,
                    null,
                    null,
                    null);
            return new Encrypted(parts[1], parts[0]);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting to memory", e);
        }
    }

    /** The plaintext; empty if a byte of anything is another than it was. */
    static Optional<byte[]> decrypt(
            AsymmetricCipherKeyPair recipient, byte[] info, byte[] associated, Encrypted encrypted) {
        try {
            return Optional.of(suite().open(
                            encrypted.encapsulation(),
                            recipient,
                            info,
                            associated,
                            encrypted.ciphertext(),
                            null,
                            null,
                            null));
        } catch (InvalidCipherTextException | IllegalStateException | IllegalArgumentException changed) {
            // The tag is another, or the encapsulation is a point that agrees with every key on the same secret.
            return Optional.empty();
        }
    }
}
