package io.bulwark.clearing.attestation;

import static io.bulwark.clearing.document.CanonicalValue.array;
import static io.bulwark.clearing.document.CanonicalValue.text;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * One signature under a {@link LinkStatement}.
 *
 * @param scheme how it was made
 * @param signer {@code 0x} and 40 lower-case hexadecimal digits of a wallet, or 64 of an Ed25519 key
 * @param bytes the signature: 65 bytes of a wallet with a key, 64 of Ed25519, any of a contract
 */
public record LinkSignature(Scheme scheme, String signer, byte[] bytes) {
    /** Longest signature of a contract wallet, bytes. */
    public static final int BYTES_MAX = 8_192;

    private static final Optional<String> UNTYPED = Optional.of("must be of the text: there is no typed data of it");
    private static final String ADDRESS = "0x[0-9a-f]{40}";

    /** How a signature is made. */
    public enum Scheme {
        /** {@code personal_sign} of the text by a secp256k1 key. */
        EIP191,
        /** {@code eth_signTypedData_v4} by a secp256k1 key. */
        EIP712,
        /** Ed25519 over the text's UTF-8 bytes. */
        ED25519,
        /** A contract wallet that finds the typed data's digest signed; of what is a text alone, that of {@code personal_sign}. */
        ERC1271
    }

    /** Asks contract wallets on a chain. */
    public interface ContractWallets {
        /** Where no chain can be asked: every contract's signature is refused. */
        ContractWallets NONE = (chainId, wallet, digest, signature) ->
                Optional.of("a contract wallet must be asked on its chain, and no node of it is named");

        /** Why the contract does not take the signature of the digest at a finalised block; empty if it does. */
        Optional<String> objection(long chainId, ChainAddress wallet, Digest digest, byte[] signature);
    }

    /** What an owner signs, in each of its forms. */
    public interface Signable {
        /** The text that a wallet shows and signs: EIP-191 and Ed25519. */
        String text();

        /** What {@code eth_signTypedData_v4} signs (EIP-712); empty of what is a text alone. */
        Optional<Digest> typed();

        /** EIP-155 number of the chain of the signing wallet, &ge; 1. */
        long chainId();

        /** What {@code personal_sign} of the text signs (EIP-191, version 0x45). */
        default Digest personalDigest() {
            return Secp256k1.personalDigest(text());
        }
    }

    /** Copies, and checks the forms. */
    public LinkSignature {
        Objects.requireNonNull(scheme, "scheme");
        bytes = bytes.clone();
        if (!signer.matches(scheme == Scheme.ED25519 ? "[0-9a-f]{64}" : ADDRESS)) {
            throw new IllegalArgumentException("signer must be "
                    + (scheme == Scheme.ED25519 ? "64" : "0x and 40")
                    + " lower-case hexadecimal digits; have \"" + signer + "\"");
        }
        if (bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "signature must have at most " + BYTES_MAX + " bytes; have " + bytes.length);
        }
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether a text is the name of a wallet on an EVM chain, as signers and venues write it. */
    public static boolean isWallet(String name) {
        return name.matches(ADDRESS);
    }

    /** Why this is not the signer's signature of the statement; empty if it is. */
    public Optional<String> objection(Signable statement, ContractWallets wallets) {
        return switch (scheme) {
            case EIP191 -> ChainSignature.objection(bytes, new ChainAddress(signer), statement.personalDigest());
            case EIP712 ->
                statement
                        .typed()
                        .map(typed -> ChainSignature.objection(bytes, new ChainAddress(signer), typed))
                        .orElse(UNTYPED);
            case ED25519 -> edwardsObjection(statement.text().getBytes(StandardCharsets.UTF_8));
            case ERC1271 ->
                wallets.objection(
                        statement.chainId(),
                        new ChainAddress(signer),
                        statement.typed().orElseGet(statement::personalDigest),
                        bytes());
        };
    }

    private Optional<String> edwardsObjection(byte[] message) {
        byte[] key = HexFormat.of().parseHex(signer);
        boolean valid = bytes.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.validatePublicKeyFull(key, 0)
                && Ed25519.verify(bytes, 0, key, 0, message, 0, message.length);
        return valid ? Optional.empty() : Optional.of("must be the signer's Ed25519 signature of the text");
    }

    /** [scheme, signer, signature]. */
    public CanonicalValue canonical() {
        return array(text(scheme.name().toLowerCase(Locale.ROOT)), text(signer), CanonicalValue.bytes(bytes));
    }

    /** Reads the fields of what {@link #canonical} wrote. */
    public static LinkSignature of(CanonicalFields fields) {
        return new LinkSignature(
                Scheme.valueOf(fields.text("scheme").toUpperCase(Locale.ROOT)),
                fields.text("signer"),
                fields.bytes("signature"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinkSignature that
                && scheme == that.scheme
                && signer.equals(that.signer)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scheme, signer, Arrays.hashCode(bytes));
    }

    @Override
    public String toString() {
        return scheme + " of " + signer;
    }
}
