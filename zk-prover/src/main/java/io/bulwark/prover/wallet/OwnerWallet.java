package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.prover.commitment.OwnerKey;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;

/**
 * What the owner of one account keeps: the key that proves, and the key that reads the bundles of the house. The second is drawn apart from
 * the first, so that whoever reads a bundle still proves nothing. Never printed.
 */
public final class OwnerWallet {
    private static final String SCHEMA = "bulwark-owner-key";
    private static final int VERSION = 2;
    private static final long NUMBER_MAX = (1L << 32) - 1;

    private final long number;
    private final OwnerKey key;
    private final byte[] privateKey;
    private final AsymmetricCipherKeyPair pair;

    private OwnerWallet(long number, OwnerKey key, byte[] privateKey) {
        if (number < 0 || number > NUMBER_MAX) {
            throw new IllegalArgumentException("owner wallet's number must be in [0, 2^32); have " + number);
        }
        if (privateKey.length != HybridEncryption.KEY_BYTES) {
            throw new IllegalArgumentException("owner wallet's bundle key must have " + HybridEncryption.KEY_BYTES
                    + " bytes; have " + privateKey.length);
        }
        this.number = number;
        this.key = key;
        this.privateKey = privateKey.clone();
        this.pair = HybridEncryption.pair(privateKey);
    }

    /** A wallet for an account, around a key of its owner; the key that reads bundles is drawn. */
    public static OwnerWallet around(OwnerKey key, long number, SecureRandom random) {
        byte[] privateKey = new byte[HybridEncryption.KEY_BYTES];
        random.nextBytes(privateKey);
        return new OwnerWallet(number, key, privateKey);
    }

    /** The account's number. */
    public long number() {
        return number;
    }

    /** The key that proves. */
    public OwnerKey key() {
        return key;
    }

    /** What the house encrypts bundles to. */
    public BundleKey bundleKey() {
        return HybridEncryption.publicKey(pair);
    }

    /**
     * Reads a bundle.
     *
     * @throws IllegalArgumentException if it is for another wallet, was changed, or is of another account
     */
    public WitnessBundle open(EncryptedBundle encrypted) {
        WitnessBundle bundle = WitnessBundle.decode(encrypted.plaintext(pair));
        if (bundle.leaf().number() != number) {
            throw new IllegalArgumentException("witness bundle's leaf must be of account " + number + "; have account "
                    + bundle.leaf().number());
        }
        return bundle;
    }

    /** The file form, as secret as the wallet. */
    public byte[] encode() {
        return array(
                        text(SCHEMA),
                        integer(VERSION),
                        integer(number),
                        bytes(key.secretBytes()),
                        bytes(key.tailBytes()),
                        bytes(privateKey))
                .encode();
    }

    /**
     * Reads the form that {@link #encode} writes.
     *
     * @throws IllegalArgumentException if the bytes are not exactly one wallet; the message holds none of them
     */
    public static OwnerWallet decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            OwnerWallet wallet = new OwnerWallet(
                    fields.integer("number"),
                    OwnerKey.of(fields.bytes("secret"), fields.bytes("tail")),
                    fields.bytes("bundleKey"));
            fields.end();
            return wallet;
        } catch (CanonicalException withBytesOfTheKey) {
            throw new IllegalArgumentException("owner wallet must be the canonical [\"" + SCHEMA + "\", " + VERSION
                    + ", number, 31 bytes, 16 bytes, 32 bytes]; have " + encoding.length + " bytes that are not");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OwnerWallet wallet
                && number == wallet.number
                && key.equals(wallet.key)
                && Arrays.equals(privateKey, wallet.privateKey);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return "OwnerWallet[number=" + number + ", secret]";
    }
}
