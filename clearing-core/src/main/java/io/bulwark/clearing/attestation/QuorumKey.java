package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The Ed25519 key of a quorum's member, of a reader, or of a protocol that pushes. The secret stays in here and in its file, which nobody
 * but its owner may read.
 */
public final class QuorumKey {
    private final byte[] secret;
    private final Digest publicKey;

    private QuorumKey(byte[] secret) {
        this.secret = secret;
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        this.publicKey = Digest.of(key);
    }

    /** A new key that is in no file. */
    public static QuorumKey generate() {
        byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
        Ed25519.generatePrivateKey(new SecureRandom(), secret);
        return new QuorumKey(secret);
    }

    /**
     * The key of a file; the first time a new one, kept there.
     *
     * @throws IllegalStateException if others may read the file, or it does not hold a key
     */
    public static QuorumKey in(Path file) {
        return new QuorumKey(KeyFile.secret(file, () -> generate().secret));
    }

    /**
     * The key of a file that must be there: none is drawn in its place.
     *
     * @throws IllegalStateException if it is not, others may read it, or it does not hold a key
     */
    public static QuorumKey keptIn(Path file) {
        return new QuorumKey(KeyFile.kept(file));
    }

    /** The public key, 32 bytes. */
    public Digest publicKey() {
        return publicKey;
    }

    /** Signs a statement. Who signs two different epochs of one number has equivocated, provably. */
    public EpochSignature sign(QuorumStatement statement) {
        return new EpochSignature(publicKey, signed(statement.canonical()));
    }

    /** Answers for having fetched a snapshot: what a reader signs, which is no word of a quorum. */
    public EpochSignature answerFor(Digest snapshot) {
        return new EpochSignature(publicKey, signed(EpochSignature.fetched(snapshot)));
    }

    /**
     * Signs a message of a round, which is no word of a quorum.
     *
     * @throws IllegalArgumentException if its name is not one that messages of rounds have
     */
    public EpochSignature say(CanonicalValue message) {
        return new EpochSignature(publicKey, signed(EpochSignature.ofRound(message)));
    }

    /** Signs a text: what a protocol signs that pushes. No canonical document begins as a text does, so neither serves for the other. */
    public EpochSignature sign(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        return new EpochSignature(publicKey, signed(message));
    }

    /** Certifies the key that this member signs with on chains. */
    public ChainKeyCertificate certify(Digest house, ChainAddress address) {
        return new ChainKeyCertificate(publicKey, address, signed(ChainKeyCertificate.statement(house, address)));
    }

    private byte[] signed(CanonicalValue statement) {
        return signed(statement.encode());
    }

    private byte[] signed(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    /** The public key only. */
    @Override
    public String toString() {
        return "QuorumKey[" + publicKey + "]";
    }
}
