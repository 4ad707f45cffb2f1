package io.bulwark.clearing.attestation;

import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An owner's key in a file of the owner's, for those who sign links without a wallet. The secret stays in here and in its file. */
public final class LinkKey {
    private final Path file;

    private LinkKey(Path file) {
        this.file = file;
    }

    /** The key of a file of 32 bytes in hexadecimal, made the first time, readable by its owner alone. It is a secp256k1 or an Ed25519 key, as it is used. */
    public static LinkKey in(Path file) {
        return new LinkKey(file);
    }

    /** Who the house knows the key by under a scheme. */
    public String signer(Scheme scheme) {
        return switch (scheme) {
            case EIP191, EIP712 -> ChainKey.in(file).address().text();
            case ED25519 -> HexFormat.of().formatHex(edwardsPublic(edwards()));
            case ERC1271 -> throw new IllegalArgumentException("scheme must be one of a key; have " + scheme);
        };
    }

    /** Signs. */
    public LinkSignature sign(LinkSignature.Signable statement, Scheme scheme) {
        return new LinkSignature(
                scheme,
                signer(scheme),
                switch (scheme) {
                    case EIP191 ->
                        ChainKey.in(file).sign(statement.personalDigest()).bytes();
                    case EIP712 ->
                        ChainKey.in(file)
                                .sign(statement
                                        .typed()
                                        .orElseThrow(() -> new IllegalArgumentException(
                                                "scheme must be one of a text; have " + scheme)))
                                .bytes();
                    case ED25519 -> edwardsSignature(statement.text().getBytes(StandardCharsets.UTF_8));
                    case ERC1271 -> throw new IllegalArgumentException("scheme must be one of a key; have " + scheme);
                });
    }

    private byte[] edwards() {
        return KeyFile.secret(file, () -> {
            byte[] secret = new byte[Ed25519.SECRET_KEY_SIZE];
            Ed25519.generatePrivateKey(new SecureRandom(), secret);
            return secret;
        });
    }

    private static byte[] edwardsPublic(byte[] secret) {
        byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        return key;
    }

    private byte[] edwardsSignature(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(edwards(), 0, message, 0, message.length, signature, 0);
        return signature;
    }
}
