package io.bulwark.clearing.attestation;

import io.bulwark.clearing.epoch.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A quorum member's Ed25519 key. The secret stays in here and in its file, which nobody but its owner may read. */
public final class QuorumKey {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

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
        try {
            if (!Files.exists(file)) {
                generate().save(file);
            }
            return load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("key file " + file, e);
        }
    }

    private static QuorumKey load(Path file) throws IOException {
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            throw new IllegalStateException("key file " + file + " must be readable by its owner alone (0600); have "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        String hex = Files.readString(file).strip();
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("key file " + file + " must hold 64 lower-case hexadecimal digits");
        }
        return new QuorumKey(HexFormat.of().parseHex(hex));
    }

    /** Written beside its place and moved there, so that a kill in between leaves no half key. */
    private void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(unfinished, HexFormat.of().formatHex(secret));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The public key, 32 bytes. */
    public Digest publicKey() {
        return publicKey;
    }

    /** Signs a statement. Who signs two different ones of one number has equivocated, provably. */
    public EpochSignature sign(EpochStatement statement) {
        byte[] message = statement.canonical().encode();
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
        return new EpochSignature(publicKey, signature);
    }

    /** The public key only. */
    @Override
    public String toString() {
        return "QuorumKey[" + publicKey + "]";
    }
}
