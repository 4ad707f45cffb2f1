package io.bulwark.prover.proof;

import io.bulwark.clearing.epoch.CanonicalFields;
import io.bulwark.clearing.epoch.CanonicalReader;
import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.clearing.epoch.Digest;
import io.bulwark.prover.witness.ProofShape;

/**
 * What lies in a folder of keys.
 *
 * @param library SHA-256 of the library that made them: a proving key is a memory dump, valid for that library only
 * @param shape label of the shape
 * @param constraints number of constraints of the circuit
 * @param verifyingKey SHA-256 of the verifying key
 * @param provingKey SHA-256 of the proving key
 * @param constraintSystem SHA-256 of the compiled circuit
 */
record KeyManifest(
        Digest library,
        String shape,
        long constraints,
        Digest verifyingKey,
        Digest provingKey,
        Digest constraintSystem) {
    private static final String SCHEMA = "bulwark-unsafe-keys";
    private static final int VERSION = 1;

    /** From the fields that a set-up answers. */
    static KeyManifest ofSetUp(Digest library, ProofShape shape, CanonicalFields answer) {
        KeyManifest manifest = new KeyManifest(
                library,
                shape.label(),
                answer.integer("constraints"),
                answer.digest("verifyingKey"),
                answer.digest("provingKey"),
                answer.digest("constraintSystem"));
        answer.text("seconds");
        answer.end();
        return manifest;
    }

    byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(library),
                        CanonicalValue.text(shape),
                        CanonicalValue.integer(constraints),
                        CanonicalValue.bytes(verifyingKey),
                        CanonicalValue.bytes(provingKey),
                        CanonicalValue.bytes(constraintSystem))
                .encode();
    }

    static KeyManifest decode(byte[] encoding) {
        CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
        KeyManifest manifest = new KeyManifest(
                fields.digest("library"),
                fields.text("shape"),
                fields.integer("constraints"),
                fields.digest("verifyingKey"),
                fields.digest("provingKey"),
                fields.digest("constraintSystem"));
        fields.end();
        return manifest;
    }
}
