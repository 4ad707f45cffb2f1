package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.ceremony.CeremonyState.WrittenKeys;

/**
 * What lies in a folder of keys, for provers. What everybody must know of the key is in its record.
 *
 * @param library build of the library that wrote them
 * @param key identity of the key
 * @param provingKey SHA-256 of the proving key
 */
record KeyManifest(Digest library, Digest key, Digest provingKey) {
    static final String NAME = "keys.cbor";

    private static final String SCHEMA = "bulwark-keys";
    private static final int VERSION = 3;

    /** From the fields that a set-up answers. */
    static KeyManifest ofSetUp(Digest library, CanonicalFields answer) {
        KeyRecord record = KeyRecord.of(answer.bytes("record"));
        KeyManifest manifest = new KeyManifest(library, record.identity(), answer.digest("provingKey"));
        answer.text("seconds");
        if (!record.origin().equals(KeyOrigin.ofSetUp())) {
            throw new IllegalStateException("keys of a set-up must be of one machine; have " + record.origin());
        }
        answer.end();
        return manifest;
    }

    /** From what a sealed ceremony wrote. */
    static KeyManifest ofCeremony(Digest library, WrittenKeys keys) {
        return new KeyManifest(library, Digest.sha256(keys.record()), keys.provingKey());
    }

    byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(library),
                        CanonicalValue.bytes(key),
                        CanonicalValue.bytes(provingKey))
                .encode();
    }

    static KeyManifest decode(byte[] encoding) {
        CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
        KeyManifest manifest =
                new KeyManifest(fields.digest("library"), fields.digest("key"), fields.digest("provingKey"));
        fields.end();
        return manifest;
    }
}
