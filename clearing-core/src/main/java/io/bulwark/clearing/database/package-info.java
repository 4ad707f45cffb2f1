/**
 * The house's database on PostgreSQL: how it is reached, its transactions, the rows that they read.
 *
 * <p>Takes SQL with parameters. Gives rows, or {@link io.bulwark.clearing.database.DatabaseException}.
 *
 * <p>Invariants: a write is one SERIALIZABLE transaction, repeated as a whole where PostgreSQL could not serialise it; a read sees one
 * unchanging state. Of all tables it knows the journal alone, which every writer locks first; the others are the {@link
 * io.bulwark.clearing.ledger}'s and the {@link io.bulwark.clearing.register}'s.
 */
@NullMarked
package io.bulwark.clearing.database;

import org.jspecify.annotations.NullMarked;
