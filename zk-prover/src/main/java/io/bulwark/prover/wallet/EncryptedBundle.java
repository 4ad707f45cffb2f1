package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.prover.wallet.HybridEncryption.Encrypted;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/** A witness bundle that one wallet alone can read: what the house hands out. File form: {@code wallet.cddl}. */
public final class EncryptedBundle {
    /** Longest file form, bytes: a risk table's limit and room for the account. */
    public static final int BYTES_MAX = (64 << 20) + (1 << 20);

    private static final String SCHEMA = "bulwark-encrypted-bundle";
    private static final int VERSION = 1;
    private static final byte[] INFO = "bulwark witness bundle".getBytes(StandardCharsets.US_ASCII);

    private final BundleKey recipient;
    private final Encrypted encrypted;

    private EncryptedBundle(BundleKey recipient, Encrypted encrypted) {
        this.recipient = recipient;
        this.encrypted = encrypted;
    }

    /** Encrypts a bundle to an owner, under a key of this message alone. */
    public static EncryptedBundle of(WitnessBundle bundle, BundleKey recipient) {
        return new EncryptedBundle(
                recipient, HybridEncryption.encrypt(recipient, INFO, associated(recipient), bundle.encode()));
    }

    /** Whom it is for. */
    public BundleKey recipient() {
        return recipient;
    }

    /**
     * What it says.
     *
     * @throws IllegalArgumentException if it is for another wallet, or was changed
     */
    byte[] plaintext(AsymmetricCipherKeyPair pair) {
        BundleKey reader = HybridEncryption.publicKey(pair);
        if (!recipient.equals(reader)) {
            throw refusal("recipient", "must be this wallet's bundle key " + reader + "; have " + recipient);
        }
        return HybridEncryption.decrypt(pair, INFO, associated(recipient), encrypted)
                .orElseThrow(
                        () -> refusal("ciphertext", "must be as it was encrypted: a byte of the file was changed"));
    }

    private static byte[] associated(BundleKey recipient) {
        return array(text(SCHEMA), integer(VERSION), bytes(recipient.point())).encode();
    }

    /** The file form. */
    public byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        bytes(recipient.point()),
                        bytes(encrypted.encapsulation()),
                        bytes(encrypted.ciphertext()))
                .encode();
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException naming field and rule, if the bytes are not exactly one encrypted bundle
     */
    public static EncryptedBundle decode(byte[] encoding) {
        if (encoding.length > BYTES_MAX) {
            throw refusal("length", "must be at most " + BYTES_MAX + " bytes; have " + encoding.length);
        }
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            BundleKey recipient = new BundleKey(fields.digest("recipient"));
            byte[] encapsulation = fields.digest("encapsulation").bytes();
            byte[] ciphertext = fields.bytes("ciphertext");
            fields.end();
            if (ciphertext.length <= HybridEncryption.TAG_BYTES) {
                throw refusal("ciphertext", "must be longer than its tag of " + HybridEncryption.TAG_BYTES + " bytes");
            }
            return new EncryptedBundle(recipient, new Encrypted(encapsulation, ciphertext));
        } catch (CanonicalException e) {
            throw refusal("form", "must be that of wallet.cddl: " + e.field() + " " + e.rule());
        }
    }

    private static IllegalArgumentException refusal(String field, String rule) {
        return new IllegalArgumentException("encrypted bundle's " + field + " " + rule);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptedBundle bundle && Arrays.equals(encode(), bundle.encode());
    }

    @Override
    public int hashCode() {
        return recipient.hashCode();
    }

    @Override
    public String toString() {
        return "EncryptedBundle[recipient=" + recipient + ", " + encrypted.ciphertext().length + " bytes]";
    }
}
