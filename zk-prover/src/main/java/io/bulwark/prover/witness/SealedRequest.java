package io.bulwark.prover.witness;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.RequestSeal;
import io.bulwark.prover.commitment.TreePath;

/**
 * A loss commitment that the house sealed, with what its owner opens it by.
 *
 * @param seal the seal
 * @param salt salt of the commitment, which only the owner knows
 * @param path where the commitment stands in the request tree
 */
public record SealedRequest(RequestSeal seal, FieldElement salt, TreePath path) {

    CanonicalValue encoded() {
        return CanonicalValue.array(
                CanonicalValue.bytes(seal.requestRoot().bytes()),
                CanonicalValue.bytes(salt.bytes()),
                CanonicalValue.integer(path.number()),
                CanonicalValue.bytes(path.bytes()));
    }

    /** Without the salt. */
    @Override
    public String toString() {
        return "SealedRequest[seal=" + seal + ", place=" + path.number() + "]";
    }
}
