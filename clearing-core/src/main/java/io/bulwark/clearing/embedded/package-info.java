/**
 * The two servers that the house brings along: PostgreSQL as a child process, Kafka inside this JVM, both with data directories that survive a restart or a kill.
 *
 * <p>Takes: directories. Gives: addresses on the loopback interface, on ports that were free.
 *
 * <p>Invariants: one process per directory, kept by a file lock; PostgreSQL flushes what it acknowledges (fsync and synchronous_commit are checked after each start),
 * so it is the truth, and Kafka may lose its tail when the power fails. Close Kafka before PostgreSQL, and both after their users.
 */
@NullMarked
package io.bulwark.clearing.embedded;

import org.jspecify.annotations.NullMarked;
