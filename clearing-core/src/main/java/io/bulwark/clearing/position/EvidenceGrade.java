package io.bulwark.clearing.position;

/** How well a holding is evidenced, from the best to the least; the published haircut depends on it. */
public enum EvidenceGrade {
    /** Proved against a block header by a storage proof. */
    STORAGE_PROOF,
    /** Signed by the venue or by its oracle network. */
    VENUE_SIGNATURE,
    /** Observed alike by a quorum of the house's own readers. */
    QUORUM_OBSERVATION,
    /** One unsigned answer of the venue's interface. */
    UNSIGNED;

    /** Whether this grade is at least as good as another. */
    public boolean meets(EvidenceGrade least) {
        return compareTo(least) <= 0;
    }
}
