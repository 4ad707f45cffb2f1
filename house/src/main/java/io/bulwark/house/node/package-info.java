/**
 * One node of a house that many keep: it observes venues by itself, commits and reveals, recomputes every epoch, votes, and signs
 * what was decided on.
 *
 * <p>Takes: a genesis, a key of its own, readers of venues, messages of other nodes. Gives: sealed epochs in its own folder,
 * evidence, answers to
 * other nodes. {@code Round} is the protocol as a pure machine; {@link io.bulwark.house.node.Node} gives it a clock, a disk and a
 * network; docs/nodes.md tells it in words.
 *
 * <p>Invariants: what a node says lies on its disk before it is sent, and what stands there in a place is what it says there, so
 * that no kill makes
 * it say two things; it votes for, and signs, nothing that it has not recomputed.
 */
@NullMarked
package io.bulwark.house.node;

import org.jspecify.annotations.NullMarked;
