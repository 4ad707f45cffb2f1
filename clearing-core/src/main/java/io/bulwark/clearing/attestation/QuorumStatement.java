package io.bulwark.clearing.attestation;

import io.bulwark.clearing.document.CanonicalValue;

/** What members of a quorum sign with their Ed25519 keys. Each kind begins with a name of its own, so that no signature serves for another. */
public sealed interface QuorumStatement permits EpochStatement, HouseStatement, RequestSealStatement {
    /** Its bytes are signed. */
    CanonicalValue canonical();

    /** Whether nobody honest signs both: they say different things of what there is once. */
    boolean contradicts(QuorumStatement other);
}
