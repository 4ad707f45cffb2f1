/**
 * The house's books: double entry, append-only, hash-chained, on PostgreSQL.
 *
 * <p>Takes: venue snapshots, transfers, openings of accounts, sealed epochs. Gives: what is held, which snapshots stand at an epoch time, every document by its digest.
 *
 * <p>Invariants: debits equal credits per commodity in each entry; entries are dense and each names the hash of the one before; a snapshot is booked at most once, a
 * contradicting one never; nothing booked is changed. {@link io.bulwark.clearing.ledger.Ledger#verify()} recomputes all of it from the rows.
 *
 * <p>Writers take turns: each write transaction is SERIALIZABLE, locks the journal first, and is repeated as a whole if PostgreSQL says that it could not be serialised.
 */
@NullMarked
package io.bulwark.clearing.ledger;

import org.jspecify.annotations.NullMarked;
