package io.bulwark.clearing.ledger;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.document.Digest;

/**
 * A snapshot that was booked.
 *
 * @param account whose
 * @param id the snapshot's id
 * @param horizonTimeMillis the venue's time, UTC epoch milliseconds
 * @param entry the journal entry
 */
public record AcceptedSnapshot(VenueAccount account, Digest id, long horizonTimeMillis, long entry) {}
