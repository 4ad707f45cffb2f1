package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import java.util.Optional;

/**
 * What a verifying key does not say of itself: circuit, shape, and who made it. Its SHA-256 is the key's identity, which proofs, key lists
 * and contracts name.
 *
 * @param circuit the circuit's name
 * @param shape as every request of the library holds it
 * @param structure digest of the table's structure, of a shape that opens a table
 * @param constraints number of constraints
 * @param system SHA-256 of the compiled circuit, as transcripts of ceremonies name it
 * @param vk SHA-256 of the verifying key's bytes
 * @param origin who made the key
 */
public record KeyRecord(
        String circuit,
        CanonicalValue shape,
        Optional<Digest> structure,
        long constraints,
        Digest system,
        Digest vk,
        KeyOrigin origin) {
    private static final String SCHEMA = "bulwark-key-record";
    private static final int VERSION = 1;

    /** The key identity: SHA-256 of the canonical encoding. */
    public Digest identity() {
        return encoded().sha256();
    }

    /** The canonical encoding. */
    public byte[] encode() {
        return encoded().encode();
    }

    CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.text(SCHEMA),
                CanonicalValue.integer(VERSION),
                CanonicalValue.text(circuit),
                shape,
                structure.map(CanonicalValue::bytes).orElseGet(() -> CanonicalValue.bytes(new byte[0])),
                CanonicalValue.integer(constraints),
                CanonicalValue.bytes(system),
                CanonicalValue.bytes(vk),
                origin.encoded());
    }

    /**
     * Reads the canonical encoding.
     *
     * @throws IllegalArgumentException if the bytes are anything else; the message names field and rule
     */
    public static KeyRecord of(byte[] encoding) {
        return of(CanonicalReader.read(encoding));
    }

    static KeyRecord of(CanonicalValue value) {
        CanonicalFields fields = CanonicalFields.document(value, SCHEMA, VERSION);
        KeyRecord record = new KeyRecord(
                fields.text("circuit"),
                fields.value("shape"),
                structure(fields),
                fields.integer("constraints", 1, Integer.MAX_VALUE),
                fields.digest("system"),
                fields.digest("vk"),
                KeyOrigin.of(fields));
        fields.end();
        return record;
    }

    private static Optional<Digest> structure(CanonicalFields fields) {
        byte[] digest = fields.bytes("structure");
        return digest.length == 0 ? Optional.empty() : Optional.of(Digest.of(digest));
    }
}
