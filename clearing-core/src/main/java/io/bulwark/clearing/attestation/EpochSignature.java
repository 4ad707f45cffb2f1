package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * One member's signature, or one reader's.
 *
 * @param signer the Ed25519 public key
 * @param signature 64 bytes over a {@link QuorumStatement}
 */
public record EpochSignature(Digest signer, byte[] signature) {
    /** Length in bytes. */
    public static final int LENGTH = 64;

    private static final String ROUND = "bulwark-round-";

    /** Copies, and checks the length. */
    public EpochSignature {
        signature = signature.clone();
        if (signature.length != LENGTH) {
            throw new IllegalArgumentException("signature must have 64 bytes; have " + signature.length);
        }
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** Whether the signer signed this statement: RFC 8032, with a full check that the public key is a point of the right order. */
    public boolean signs(QuorumStatement statement) {
        return holds(signer, signature, statement.canonical());
    }

    /** Whether the signer answers for having fetched a snapshot, as a reader of a house does. */
    public boolean answersFor(Digest snapshot) {
        return holds(signer, signature, fetched(snapshot));
    }

    /** Whether the signer said a message of a round, as nodes of a house do. */
    public boolean says(CanonicalValue message) {
        return holds(signer, signature, ofRound(message));
    }

    /** What no quorum and no reader signs: every message of a round begins with a name of its own kind. */
    static CanonicalValue ofRound(CanonicalValue message) {
        if (message instanceof CanonicalValue.Array(List<CanonicalValue> values)
                && !values.isEmpty()
                && values.getFirst() instanceof CanonicalValue.Text(String name)
                && name.startsWith(ROUND)) {
            return message;
        }
        throw new IllegalArgumentException("message of a round must begin with a name in " + ROUND + "…");
    }

    /** Whether the signer signed this text, as a protocol does that pushes. */
    public boolean signs(String text) {
        return holds(signer, signature, text.getBytes(StandardCharsets.UTF_8));
    }

    /** ["bulwark-fetched", 1, snapshot]; its bytes are signed by who fetched it. */
    static CanonicalValue fetched(Digest snapshot) {
        return CanonicalValue.array(
                CanonicalValue.text("bulwark-fetched"), CanonicalValue.integer(1), CanonicalValue.bytes(snapshot));
    }

    static boolean holds(Digest signer, byte[] signature, CanonicalValue statement) {
        return holds(signer, signature, statement.encode());
    }

    private static boolean holds(Digest signer, byte[] signature, byte[] message) {
        byte[] key = signer.bytes();
        return Ed25519.validatePublicKeyFull(key, 0)
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EpochSignature that
                && signer.equals(that.signer)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Objects.hash(signer, Arrays.hashCode(signature));
    }

    @Override
    public String toString() {
        return signer + ":" + HexFormat.of().formatHex(signature);
    }
}
