package io.bulwark.prover.proof;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.witness.PublicInputs;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a house shows of its accounts' margins in one epoch: of each number, that its leaf of the margin tree is the formula's. One key, one seal;
 * what each proof says follows from its number, so the file holds no more.
 *
 * @param key identity of the key
 * @param seal of the epoch, or of the request tree over it
 * @param proofs by account number
 */
public record MarginProofs(Digest key, FieldElement seal, SortedMap<Long, Proof> proofs) {
    /** Longest file form, bytes: one request tree of proofs. */
    public static final int BYTES_MAX = 4096 * (Proof.BYTES + 16) + 256;

    private static final String SCHEMA = "bulwark-margin-proofs";
    private static final int VERSION = 1;

    /** Copies. */
    public MarginProofs {
        proofs = Collections.unmodifiableSortedMap(new TreeMap<>(proofs));
    }

    /** What the proof of an account shows. */
    public PublicInputs publicInputs(long number) {
        return new PublicInputs(
                seal,
                FieldElement.ZERO,
                FieldElement.ZERO,
                FieldElement.ZERO,
                Claim.marginIsSealed(number).value());
    }

    /** The file form: ["bulwark-margin-proofs", 1, key, seal, [* [number, proof]]], by number. */
    public byte[] encode() {
        return CanonicalValue.array(
                        CanonicalValue.text(SCHEMA),
                        CanonicalValue.integer(VERSION),
                        CanonicalValue.bytes(key),
                        CanonicalValue.bytes(seal.bytes()),
                        CanonicalValue.array(proofs.entrySet().stream()
                                .map(entry -> CanonicalValue.array(
                                        CanonicalValue.integer(entry.getKey()),
                                        CanonicalValue.bytes(entry.getValue().bytes())))
                                .toList()))
                .encode();
    }

    /**
     * Reads the file form; whether the proofs hold is the verifier's to say.
     *
     * @throws IllegalArgumentException naming field and rule, if the bytes are not exactly one file
     */
    public static MarginProofs decode(byte[] encoding) {
        try {
            CanonicalFields fields = CanonicalReader.document(encoding, SCHEMA, VERSION);
            Digest key = fields.digest("key");
            FieldElement seal = FieldElement.ofDigest(fields.digest("seal"));
            SortedMap<Long, Proof> proofs = new TreeMap<>();
            fields.list("proofs", MarginProofs::proof).forEach(one -> {
                if (!proofs.isEmpty() && proofs.lastKey() >= one.number()) {
                    throw new CanonicalException(
                            "proofs", String.valueOf(one.number()), "must stand by number, each once");
                }
                proofs.put(one.number(), one.proof());
            });
            fields.end();
            return new MarginProofs(key, seal, proofs);
        } catch (CanonicalException e) {
            throw new IllegalArgumentException("margin proofs' " + e.field() + " " + e.rule(), e);
        }
    }

    private record Numbered(long number, Proof proof) {}

    private static Numbered proof(CanonicalFields fields) {
        Numbered read = new Numbered(fields.integer("number", 0, (1L << 32) - 1), Proof.of(fields.bytes("proof")));
        fields.end();
        return read;
    }
}
