package io.bulwark.clearing.event;

import java.util.Arrays;

/** The house's topics. */
public enum Topic {
    /** Raw snapshots on their way into the ledger: the canonical bytes of a snapshot, keyed by venue account. */
    SNAPSHOTS("bulwark.snapshots"),
    /** What the ledger did with them, and transfers. */
    LEDGER("bulwark.ledger"),
    /** Margin statements, keyed by clearing account. */
    STATEMENTS("bulwark.statements"),
    /** Sealed epochs. */
    EPOCHS("bulwark.epochs"),
    /** Proofs that are asked for, keyed by clearing account: a queue that workers share. */
    PROOF_JOBS("bulwark.proof-jobs");

    private final String id;

    Topic(String id) {
        this.id = id;
    }

    /** The topic's name in Kafka. */
    public String id() {
        return id;
    }

    /**
     * The topic of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Topic of(String id) {
        return Arrays.stream(values())
                .filter(topic -> topic.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("topic must be one of the house's; have " + id));
    }
}
