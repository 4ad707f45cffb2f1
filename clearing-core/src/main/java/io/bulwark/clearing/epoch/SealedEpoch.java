package io.bulwark.clearing.epoch;

import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Digest;

/**
 * An epoch with the digest that the quorum signs and proofs open.
 *
 * @param epoch what is committed to
 * @param digest H_16(11; the epoch's fields), a canonical field element; computed by the prover's library, never zero
 */
public record SealedEpoch(Epoch epoch, Digest digest) {
    /** Checks that there is a digest. */
    public SealedEpoch {
        if (digest.isZero()) {
            throw new CanonicalException("epoch.digest", digest.hex(), "must not be zero");
        }
    }
}
