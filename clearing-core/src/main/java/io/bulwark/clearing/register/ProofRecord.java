package io.bulwark.clearing.register;

import io.bulwark.clearing.document.Digest;
import java.util.List;

/**
 * A proof as the ledger keeps it: its bytes are the document of its digest.
 *
 * @param digest SHA-256 of the proof's bytes
 * @param epoch number of the epoch it speaks of
 * @param verifyingKey SHA-256 of the verifying key
 * @param publicInputs seal, challenge, scope, nullifier, claim, each a field element
 */
public record ProofRecord(Digest digest, long epoch, Digest verifyingKey, List<Digest> publicInputs) {
    /** How many public inputs a proof has. */
    public static final int PUBLIC_INPUTS = 5;

    /** Copies, and checks the count. */
    public ProofRecord {
        publicInputs = List.copyOf(publicInputs);
        if (publicInputs.size() != PUBLIC_INPUTS) {
            throw new IllegalArgumentException("publicInputs must be 5; have " + publicInputs.size());
        }
    }
}
