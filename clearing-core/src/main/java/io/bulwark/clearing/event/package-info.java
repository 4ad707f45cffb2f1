/**
 * Facts that modules hand on: ids, integers and digests, told once each.
 *
 * <p>Takes: the outbox that the ledger writes in the same transaction as its entries, and raw snapshots that adapters publish. Gives: Kafka topics of canonical bytes, and
 * a worker that hands each record of a topic to the ledger exactly once, and workers that share a topic as a queue.
 *
 * <p>Invariants: PostgreSQL is the truth; which record is next, and what was published, is never known from a marker outside the transaction that it marks.
 */
@NullMarked
package io.bulwark.clearing.event;

import org.jspecify.annotations.NullMarked;
