package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;

/** The file of a secret of 32 bytes, which nobody but its owner may read. */
final class KeyFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private KeyFile() {}

    /**
     * The secret of a file; the first time a new one, kept there.
     *
     * @throws IllegalStateException if others may read the file, or it does not hold 32 bytes
     */
    static byte[] secret(Path file, Supplier<byte[]> drawn) {
        try {
            if (!Files.exists(file)) {
                save(file, drawn.get());
            }
            return load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("key file " + file, e);
        }
    }

    /**
     * The secret of a file that must be there.
     *
     * @throws IllegalStateException if it is not, others may read it, or it does not hold 32 bytes
     */
    static byte[] kept(Path file) {
        try {
            if (!Files.exists(file)) {
                throw new IllegalStateException("key file " + file + " must be there; it is missing");
            }
            return load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("key file " + file, e);
        }
    }

    private static byte[] load(Path file) throws IOException {
        if (!Files.getPosixFilePermissions(file).equals(OWNER_ONLY)) {
            throw new IllegalStateException("key file " + file + " must be readable by its owner alone (0600); have "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        String hex = Files.readString(file).strip();
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalStateException("key file " + file + " must hold 64 lower-case hexadecimal digits");
        }
        return HexFormat.of().parseHex(hex);
    }

    /** No kill leaves half a key, and none is used before it lies on the disk. */
    private static void save(Path file, byte[] secret) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        DurableFile.write(file, HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII));
    }
}
