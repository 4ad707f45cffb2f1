package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;

/** How a proof job ended. */
public sealed interface ProofOutcome {
    /**
     * With a proof, which the register of epochs keeps.
     *
     * @param proof SHA-256 of the proof
     */
    record Proved(Digest proof) implements ProofOutcome {}

    /** Without: the account has no room in the house's circuit. */
    record Unfit(Refusal reason) implements ProofOutcome {}

    /** Without: the claim is false, or its owner's key is not here. */
    record Refused(Refusal reason) implements ProofOutcome {}

    /** Without: every attempt failed for reasons that are not the job's. It is kept for somebody to look at. */
    record Dead(Refusal reason) implements ProofOutcome {}
}
