/**
 * What the house remembers beside its journal: every table that is not the ledger's.
 *
 * <p>Takes accounts, epochs with their statements, proofs and the jobs that make them, links, documents, records for the outbox. Gives them back as they were put down.
 *
 * <p>Invariants: append-only; a document is stored under its digest. SQL stands here and in {@link io.bulwark.clearing.ledger},
 * nowhere else.
 */
@NullMarked
package io.bulwark.clearing.register;

import org.jspecify.annotations.NullMarked;
