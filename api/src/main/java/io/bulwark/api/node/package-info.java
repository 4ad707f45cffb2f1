/**
 * A node of a house that many keep, as a process: its verbs, its configuration, what it answers over HTTP, and how it reaches the others.
 *
 * <p>Takes: a genesis, a configuration, messages and questions of other nodes. Gives: sealed epochs, evidence, how every node
 * stands. docs/nodes.md.
 *
 * <p>Invariants: secrets stay in the home; what holds positions is answered to nodes of the list alone, which sign their questions.
 */
@NullMarked
package io.bulwark.api.node;

import org.jspecify.annotations.NullMarked;
