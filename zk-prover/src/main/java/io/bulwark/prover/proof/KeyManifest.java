package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.ceremony.CeremonyState.WrittenKeys;
import io.bulwark.prover.ceremony.CircuitShape;

/**
 * What lies in a folder of keys.
 *
 * @param origin who made them
 * @param library build of the library that wrote them
 * @param circuit circuit and shape
 * @param constraints number of constraints of the circuit
 * @param verifyingKey SHA-256 of the verifying key
 * @param provingKey SHA-256 of the proving key
 * @param constraintSystem SHA-256 of the compiled circuit
 */
record KeyManifest(
        KeyOrigin origin,
        Digest library,
        CircuitShape circuit,
        long constraints,
        Digest verifyingKey,
        Digest provingKey,
        Digest constraintSystem) {
    static final String NAME = "keys.cbor";

    private static final String SCHEMA = "bulwark-keys";
    private static final int VERSION = 2;
    private static final String UNSAFE = "unsafe";

    /** From the fields that a set-up answers. */
    static KeyManifest ofSetUp(Digest library, CircuitShape circuit, CanonicalFields answer) {
        KeyManifest manifest = new KeyManifest(
                KeyOrigin.ofSetUp(),
                library,
                circuit,
                answer.integer("constraints"),
                answer.digest("verifyingKey"),
                answer.digest("provingKey"),
                answer.digest("constraintSystem"));
        answer.text("seconds");
        String origin = answer.text("origin");
        if (!origin.equals(UNSAFE)) {
            throw new IllegalStateException("keys of a set-up must be labelled " + UNSAFE + "; have " + origin);
        }
        answer.end();
        return manifest;
    }

    /** From what a sealed ceremony wrote. */
    static KeyManifest ofCeremony(Digest library, CircuitShape circuit, Digest transcript, WrittenKeys keys) {
        return new KeyManifest(
                new KeyOrigin.Ceremony(transcript),
                library,
                circuit,
                keys.constraints(),
                keys.verifyingKey(),
                keys.provingKey(),
                keys.constraintSystem());
    }

    /** The manifest's name among keys of an origin. */
    static String fileName(KeyOrigin origin) {
        return origin.prefix() + NAME;
    }

    byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        origin.encoded(),
                        CanonicalValue.bytes(library),
                        CanonicalValue.text(circuit.circuit()),
                        CanonicalValue.text(circuit.label()),
                        CanonicalValue.integer(constraints),
                        CanonicalValue.bytes(verifyingKey),
                        CanonicalValue.bytes(provingKey),
                        CanonicalValue.bytes(constraintSystem))
                .encode();
    }

    static KeyManifest decode(byte[] encoding) {
        CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
        KeyManifest manifest = new KeyManifest(
                KeyOrigin.of(fields),
                fields.digest("library"),
                new CircuitShape(fields.text("circuit"), fields.text("shape")),
                fields.integer("constraints"),
                fields.digest("verifyingKey"),
                fields.digest("provingKey"),
                fields.digest("constraintSystem"));
        fields.end();
        return manifest;
    }
}
