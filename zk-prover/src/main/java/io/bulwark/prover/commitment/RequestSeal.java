package io.bulwark.prover.commitment;

import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;

/**
 * The house's seal over a tree of requests: after it, and only after it, the point is known at which table rows are opened.
 *
 * @param opening of the keys that it serves: each packing of columns has seals of its own
 * @param epochDigest digest of the epoch
 * @param requestRoot root of the tree of loss commitments
 * @param evaluatedRoot root of the epoch's table at the point that both give. A verifier computes it from the published table, a contract
 *     takes it signed by the quorum; nobody takes it from a prover
 */
public record RequestSeal(
        Opening opening, FieldElement epochDigest, FieldElement requestRoot, FieldElement evaluatedRoot) {
    /** Refuses a seal of the direct opening, which takes none. */
    public RequestSeal {
        if (!opening.sealed()) {
            throw new IllegalArgumentException("opening must be one by seal, then challenge; have " + opening.label());
        }
    }

    /** The seal of a request tree over a table; computes the table's tree at the new point. */
    public static RequestSeal of(
            Opening opening, FieldElement epochDigest, FieldElement requestRoot, RiskTableTree table) {
        return new RequestSeal(
                opening, epochDigest, requestRoot, table.evaluatedRoot(opening, epochDigest, requestRoot));
    }

    /** What a proof shows: H_4(12; epoch digest, request root, evaluated root). */
    public FieldElement value(ProverLibrary library) {
        return HashDomain.REQUEST_SEAL.hash(library, epochDigest, requestRoot, evaluatedRoot);
    }
}
