/**
 * The house's database on PostgreSQL: how it is reached, its transactions, the rows that they read.
 *
 * <p>Takes SQL with parameters. Gives rows, or {@link io.bulwark.clearing.database.DatabaseException}; a lock that one session of all
 * processes holds.
 *
 * <p>Invariants: a write is one SERIALIZABLE transaction, repeated as a whole where PostgreSQL could not serialise it; a read sees one
 * unchanging state. Of all tables it knows the one alone that every writer locks first, which never has a row; the others are the {@link
 * io.bulwark.clearing.ledger}'s and the {@link io.bulwark.clearing.register}'s.
 */
@NullMarked
package io.bulwark.clearing.database;

import org.jspecify.annotations.NullMarked;
