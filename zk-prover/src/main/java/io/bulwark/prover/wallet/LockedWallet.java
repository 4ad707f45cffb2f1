package io.bulwark.prover.wallet;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.bytes;
import static io.bulwark.clearing.document.CanonicalValue.integer;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.WalletOpening;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * An owner's wallet that a browser wallet's signature opens again. What is in it was drawn as ever: a key that is derived from the signature
 * wraps it, and nothing of it is made from either. AES-256-GCM; HKDF-SHA-256 takes the signature and a salt of this file alone, so that a
 * key encrypts one message. File form: {@code wallet.cddl}.
 */
public final class LockedWallet {
    /** Longest file form, bytes. */
    public static final int BYTES_MAX = 4 << 10;

    private static final String SCHEMA = "bulwark-locked-wallet";
    private static final int VERSION = 1;
    private static final int SALT_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final WalletOpening opening;
    private final ChainAddress address;
    private final byte[] salt;
    private final byte[] ciphertext;

    private LockedWallet(WalletOpening opening, ChainAddress address, byte[] salt, byte[] ciphertext) {
        this.opening = opening;
        this.address = address;
        this.salt = salt;
        this.ciphertext = ciphertext;
    }

    /** What is to be signed to lock a wallet, and again to open it. */
    public static WalletOpening opening(OwnerWallet wallet, Digest house, long chainId) {
        return new WalletOpening(house, wallet.bundleKey().point(), chainId);
    }

    /**
     * Locks a wallet.
     *
     * @param opening of this wallet
     * @param signature of the address under {@link #opening}, 65 bytes
     * @param again the same, asked for a second time
     * @throws IllegalArgumentException if one is not the address's, or they differ; the message holds no byte of either
     */
    public static LockedWallet lock(
            OwnerWallet wallet,
            WalletOpening opening,
            ChainAddress address,
            byte[] signature,
            byte[] again,
            SecureRandom random) {
        if (!opening.equals(opening(wallet, opening.house(), opening.chainId()))) {
            throw new IllegalArgumentException("opening must be this wallet's; have that of another");
        }
        ChainSignature first = opening.signed(address, signature);
        if (!first.equals(opening.signed(address, again))) {
            throw new IllegalArgumentException("second signature must be the same bytes as the first: " + address
                    + " signs otherwise each time, and could never open what is locked with one signature");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        LockedWallet header = new LockedWallet(opening, address, salt, new byte[0]);
        try {
            byte[] ciphertext = header.cipher(Cipher.ENCRYPT_MODE, first).doFinal(wallet.encode());
            return new LockedWallet(opening, address, salt, ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting to memory", e);
        }
    }

    /** What must be signed to open it. */
    public WalletOpening opening() {
        return opening;
    }

    /** Who must sign it. */
    public ChainAddress address() {
        return address;
    }

    /**
     * The wallet.
     *
     * @param signature of {@link #address} under {@link #opening()}, 65 bytes
     * @throws IllegalArgumentException if it is another's or of something else, or the file is not as it was locked; the message holds
     *     no byte of signature or wallet
     */
    public OwnerWallet open(byte[] signature) {
        ChainSignature signed = opening.signed(address, signature);
        OwnerWallet wallet = OwnerWallet.decode(plaintext(signed));
        if (!wallet.bundleKey().point().equals(opening.bundleKey())) {
            throw refusal("bundleKey must be that of the wallet in it");
        }
        return wallet;
    }

    private byte[] plaintext(ChainSignature signed) {
        try {
            return cipher(Cipher.DECRYPT_MODE, signed).doFinal(ciphertext);
        } catch (AEADBadTagException changed) {
            throw refusal("a byte of it was changed, or " + address + " signs otherwise than it did");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decrypting from memory", e);
        }
    }

    /** The cipher with the header as associated data. Key and nonce are both of this file alone. */
    private Cipher cipher(int mode, ChainSignature signed) throws GeneralSecurityException {
        KDF hkdf = KDF.getInstance("HKDF-SHA256");
        SecretKey key = hkdf.deriveKey("AES", derived(signed, "bulwark locked wallet key", KEY_BYTES));
        byte[] nonce = hkdf.deriveData(derived(signed, "bulwark locked wallet nonce", NONCE_BYTES));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(array(header()).encode());
        return cipher;
    }

    private HKDFParameterSpec derived(ChainSignature signed, String info, int length) {
        return HKDFParameterSpec.ofExtract()
                .addIKM(signed.bytes())
                .addSalt(salt)
                .thenExpand(info.getBytes(StandardCharsets.US_ASCII), length);
    }

    private List<CanonicalValue> header() {
        return List.of(
                text(SCHEMA),
                integer(VERSION),
                bytes(opening.house()),
                bytes(opening.bundleKey()),
                bytes(address.bytes()),
                integer(opening.chainId()),
                bytes(salt));
    }

    /** Header and ciphertext: what the last field is the digest of. */
    private List<CanonicalValue> content() {
        List<CanonicalValue> fields = new ArrayList<>(header());
        fields.add(bytes(ciphertext));
        return fields;
    }

    private Digest check() {
        return Digest.sha256(array(content()).encode());
    }

    /** The file form. */
    public byte[] encode() {
        List<CanonicalValue> fields = new ArrayList<>(content());
        fields.add(bytes(check()));
        return array(fields).encode();
    }

    /** Whether a file begins as a locked wallet does, whole or not. */
    public static boolean isEncoded(byte[] file) {
        byte[] schema = text(SCHEMA).encode();
        return file.length > schema.length && Arrays.equals(file, 1, 1 + schema.length, schema, 0, schema.length);
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException naming the rule, if the bytes are not exactly what was locked, as far as their digest says
     */
    public static LockedWallet decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            Digest house = fields.digest("house");
            Digest bundleKey = fields.digest("bundleKey");
            byte[] address = fields.bytes("address");
            long chainId = fields.integer("chainId", 1, Long.MAX_VALUE);
            byte[] salt = fields.digest("salt").bytes();
            byte[] ciphertext = fields.bytes("ciphertext");
            Digest check = fields.digest("check");
            fields.end();
            if (address.length != ChainAddress.LENGTH) {
                throw refusal("address must have " + ChainAddress.LENGTH + " bytes");
            }
            LockedWallet read = new LockedWallet(
                    new WalletOpening(house, bundleKey, chainId), ChainAddress.of(address), salt, ciphertext);
            if (!check.equals(read.check())) {
                throw refusal("a byte of it was changed");
            }
            return read;
        } catch (CanonicalException e) {
            throw refusal(e.field() + " " + e.rule());
        }
    }

    private static IllegalArgumentException refusal(String rule) {
        return new IllegalArgumentException(
                "locked wallet must be as it was locked, in the form of wallet.cddl: " + rule);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LockedWallet wallet && Arrays.equals(encode(), wallet.encode());
    }

    @Override
    public int hashCode() {
        return address.hashCode();
    }

    @Override
    public String toString() {
        return "LockedWallet[address=" + address + ", bundleKey=" + opening.bundleKey() + "]";
    }
}
