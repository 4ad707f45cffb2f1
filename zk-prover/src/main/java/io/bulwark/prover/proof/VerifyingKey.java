package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The key that proofs of one circuit are checked with. It never travels without its record, which says of which circuit it is and who made it. */
public final class VerifyingKey {
    /** Longest file form, bytes. */
    public static final int FILE_BYTES_MAX = 1 << 16;

    private static final String SCHEMA = "bulwark-verifying-key";
    private static final int VERSION = 1;
    private static final int BARE_BYTES = 656;

    private final KeyRecord record;
    private final byte[] bytes;
    private final Digest identity;

    private VerifyingKey(KeyRecord record, byte[] bytes) {
        this.record = record;
        this.bytes = bytes;
        this.identity = record.identity();
    }

    /**
     * A key from its file form.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names the rule
     */
    public static VerifyingKey of(byte[] file) {
        if (file.length == BARE_BYTES) {
            throw new IllegalArgumentException(
                    "verifying key says neither circuit nor maker: may be unsafe, made on one machine");
        }
        if (file.length > FILE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "verifying key must have at most " + FILE_BYTES_MAX + " bytes; have " + file.length);
        }
        CanonicalFields fields = CanonicalReader.document(file, SCHEMA, VERSION);
        KeyRecord record = KeyRecord.of(fields.value("record"));
        byte[] bytes = fields.bytes("vk");
        fields.end();
        if (!Digest.sha256(bytes).equals(record.vk())) {
            throw new IllegalArgumentException(
                    "verifying key must be that of its record, " + record.vk() + "; have " + Digest.sha256(bytes));
        }
        return new VerifyingKey(record, bytes);
    }

    /** A key from its file. */
    public static VerifyingKey read(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IllegalArgumentException(
                        "verifying key must have at most " + FILE_BYTES_MAX + " bytes: " + file);
            }
            return of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("verifying key " + file, e);
        }
    }

    /** The key of an identity, if its file lies in a folder of all keys; what is no key file there is passed over. */
    public static Optional<VerifyingKey> named(Path keys, Digest identity) {
        if (!Files.isDirectory(keys)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(keys, 2)) {
            return files.filter(file -> file.toString().endsWith(".vk"))
                    .map(VerifyingKey::readable)
                    .flatMap(Optional::stream)
                    .filter(key -> key.identity().equals(identity))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("keys in " + keys, e);
        }
    }

    private static Optional<VerifyingKey> readable(Path file) {
        try {
            return Optional.of(read(file));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the key is of, and who made it. */
    public KeyRecord record() {
        return record;
    }

    /** What the key is named by: the identity of its record. */
    public Digest identity() {
        return identity;
    }

    /** The bytes of the key alone, as pairings take it. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The file form. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        record.encoded(),
                        CanonicalValue.bytes(bytes))
                .encode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && identity.equals(key.identity) && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** The identity. */
    @Override
    public String toString() {
        return "VerifyingKey[" + identity + "]";
    }
}
