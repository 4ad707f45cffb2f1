/**
 * What nodes say to one another in the round of an epoch, what a round has revealed, and what convicts a node.
 *
 * <p>Takes: keys of nodes ({@link io.bulwark.clearing.node.NodeList}), observations by their digest. Gives: signed messages
 * ({@link io.bulwark.clearing.round.RoundMessage}), the record of a round ({@link io.bulwark.clearing.round.RoundRecord}), and
 * evidence that anybody can check
 * ({@link io.bulwark.clearing.round.Evidence}). round.cddl has the bytes.
 *
 * <p>Invariants: each kind of message begins with a name of its own and names house, epoch and view, so that none serves for
 * another; a node says
 * one thing of a kind in an epoch and view; a commitment binds the node that made it, so nobody else can open it.
 */
@NullMarked
package io.bulwark.clearing.round;

import org.jspecify.annotations.NullMarked;
