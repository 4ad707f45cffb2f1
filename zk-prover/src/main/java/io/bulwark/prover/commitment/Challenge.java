package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;

/**
 * What ties a proof to one conversation, so that a copied proof helps nobody.
 *
 * @param value below 2^248
 */
public record Challenge(FieldElement value) {
    /** Of a proof that is made for everybody, in no conversation. */
    public static final Challenge NONE = new Challenge(FieldElement.ZERO);

    /** Refuses a value that no derivation gives. */
    public Challenge {
        checkTruncated("challenge", value);
    }

    /**
     * First 31 bytes of SHA-256 of the canonical ["bulwark-challenge", verifier, beneficiary, nonce].
     *
     * @param verifier the verifier's CAIP-10 identifier or https origin
     * @param beneficiary who shows the proof, or whom it serves
     * @param nonce what the verifier has not seen before
     */
    public static Challenge of(String verifier, String beneficiary, String nonce) {
        return new Challenge(Truncation.ofTexts("bulwark-challenge", verifier, beneficiary, nonce));
    }

    static void checkTruncated(String field, FieldElement value) {
        if (value.limb3() >>> 56 != 0) {
            throw new IllegalArgumentException(field + " must be below 2^248; have " + value);
        }
    }
}
