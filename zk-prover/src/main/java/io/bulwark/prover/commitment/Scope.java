package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;

/**
 * For whom and for what a proof is made. The nullifier depends on it: one account counts once per epoch and scope, or once for good.
 *
 * <p>A wallet computes it from the verifier that it really talks to, so that a verifier cannot have it link proofs made for others.
 *
 * @param value below 2^248
 */
public record Scope(FieldElement value) {
    /** Of a proof that is made for everybody. */
    public static final Scope NONE = new Scope(FieldElement.ZERO);

    /** Refuses a value that no derivation gives. */
    public Scope {
        Challenge.checkTruncated("scope", value);
    }

    /**
     * First 31 bytes of SHA-256 of the canonical ["bulwark-scope", verifier, purpose].
     *
     * @param verifier the verifier's CAIP-10 identifier or https origin
     * @param purpose what the verifier uses the proof for
     */
    public static Scope of(String verifier, String purpose) {
        return new Scope(Truncation.ofTexts("bulwark-scope", verifier, purpose));
    }
}
