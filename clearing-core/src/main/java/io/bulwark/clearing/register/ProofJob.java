package io.bulwark.clearing.register;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;

/**
 * A proof that somebody asked for. It holds no secret: who proves finds the owner's key where the owner keeps it.
 *
 * @param epoch number of the sealed epoch
 * @param clearingAccount number of the account
 * @param claim the whole claim, a field element
 * @param challenge what ties the proof to one conversation, a field element
 * @param scope for whom and for what it is made, a field element
 */
public record ProofJob(long epoch, int clearingAccount, Digest claim, Digest challenge, Digest scope) {
    /** SHA-256 of all of it in canonical form: who asks for the same asks for the same job. */
    public Digest id() {
        return CanonicalValue.array(
                        CanonicalValue.text("bulwark-proof-job"),
                        CanonicalValue.integer(1),
                        CanonicalValue.integer(epoch),
                        CanonicalValue.integer(clearingAccount),
                        CanonicalValue.bytes(claim),
                        CanonicalValue.bytes(challenge),
                        CanonicalValue.bytes(scope))
                .sha256();
    }
}
