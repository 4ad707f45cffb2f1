package io.bulwark.api.inquiry;

import io.bulwark.api.cycle.BadInput;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.witness.PublicInputs;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a verifier expects a proof to be about. A proof that holds is worth nothing to a verifier who does not compare: it may be another epoch's, another
 * conversation's, or a weaker claim's. What is empty is not compared.
 *
 * @param seal digest of the epoch
 * @param challenge what ties the proof to one conversation
 * @param scope for whom and for what it is made
 * @param claim the whole integer
 */
public record Expectation(
        Optional<FieldElement> seal,
        Optional<FieldElement> challenge,
        Optional<FieldElement> scope,
        Optional<FieldElement> claim) {
    /** Expects nothing. */
    public static final Expectation NONE =
            new Expectation(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A public input as a verifier writes it.
     *
     * @param field where it was written
     * @param text 64 hexadecimal digits, with or without 0x
     * @throws BadInput if it is anything else
     */
    public static FieldElement element(String field, String text) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (!digits.matches("[0-9a-fA-F]{64}")) {
            throw new BadInput(field, text, "must be 64 hexadecimal digits");
        }
        try {
            return FieldElement.ofBytes(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException e) {
            throw new BadInput(field, text, String.valueOf(e.getMessage()));
        }
    }

    /** The first public input that is not the expected one, in words; empty if all are. */
    Optional<String> missedBy(PublicInputs shown) {
        return missed("seal", seal, shown.seal())
                .or(() -> missed("challenge", challenge, shown.challenge()))
                .or(() -> missed("scope", scope, shown.scope()))
                .or(() -> missed("claim", claim, shown.statement()));
    }

    private static Optional<String> missed(String name, Optional<FieldElement> expected, FieldElement shown) {
        return expected.filter(e -> !e.equals(shown))
                .map(e -> name + " must be " + e.hex() + "; the proof shows " + shown.hex());
    }
}
