package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalFields;
import io.bulwark.prover.binding.FieldElement;
import java.util.Arrays;
import java.util.List;

/**
 * What everybody sees of a proof, in the order that the circuit fixes.
 *
 * @param seal digest of the epoch (or request seal) that is proved
 * @param challenge what ties the proof to one conversation
 * @param scope for whom and for what it is made
 * @param nullifier what counts an account once per epoch and scope; 0 where the house proves
 * @param statement what is said, {@link io.bulwark.prover.commitment.Claim} for a proof of one account
 */
public record PublicInputs(
        FieldElement seal, FieldElement challenge, FieldElement scope, FieldElement nullifier, FieldElement statement) {
    /** How many there are. */
    public static final int COUNT = 5;

    /** Length of the byte form. */
    public static final int BYTES = COUNT * FieldElement.BYTES;

    /**
     * Reads the byte form.
     *
     * @throws IllegalArgumentException if there are not 160 bytes, or an input is not below r
     */
    public static PublicInputs ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("public inputs must have " + BYTES + " bytes; have " + bytes.length);
        }
        return new PublicInputs(at(bytes, 0), at(bytes, 1), at(bytes, 2), at(bytes, 3), at(bytes, 4));
    }

    /** Reads the five fields of an answer of the library, and closes them. */
    public static PublicInputs of(CanonicalFields fields) {
        PublicInputs inputs = new PublicInputs(
                element(fields, "seal"),
                element(fields, "challenge"),
                element(fields, "scope"),
                element(fields, "nullifier"),
                element(fields, "statement"));
        fields.end();
        return inputs;
    }

    private static FieldElement element(CanonicalFields fields, String name) {
        return FieldElement.ofDigest(fields.digest(name));
    }

    private static FieldElement at(byte[] bytes, int position) {
        int offset = position * FieldElement.BYTES;
        return FieldElement.ofBytes(Arrays.copyOfRange(bytes, offset, offset + FieldElement.BYTES));
    }

    /** The inputs in their order. */
    public List<FieldElement> elements() {
        return List.of(seal, challenge, scope, nullifier, statement);
    }

    /** The byte form: 160 bytes. */
    public byte[] bytes() {
        return FieldElement.concatenate(elements());
    }
}
