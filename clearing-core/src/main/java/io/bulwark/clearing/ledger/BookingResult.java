package io.bulwark.clearing.ledger;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.document.Refusal;

/** What became of a snapshot. */
public sealed interface BookingResult {
    /** The snapshot's id. */
    Digest snapshot();

    /** Accepted, and booked in this journal entry. */
    record Booked(Digest snapshot, long entry) implements BookingResult {}

    /** Known already; nothing changed. */
    record Duplicate(Digest snapshot) implements BookingResult {}

    /** The venue said otherwise of this horizon before. Both are kept, the first counts. */
    record Incident(Digest first, Digest snapshot) implements BookingResult {}

    /** Accepted in the place of one whose block left the chain, and booked in this journal entry. Both are kept, and it is an incident. */
    record Superseded(Digest orphaned, Digest snapshot, long entry) implements BookingResult {}

    /** Not accepted, and in quarantine; the last accepted snapshot stands. */
    record Refused(Digest snapshot, Refusal refusal) implements BookingResult {}
}
