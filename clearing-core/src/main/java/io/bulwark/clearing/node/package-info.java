/**
 * The nodes of a house: who recomputes and signs its epochs, from which epoch on, where they answer, and by which rules they are held.
 *
 * <p>Takes: a founding document, lists that the nodes before signed (subject {@code nodes}). Gives: {@link
 * io.bulwark.clearing.node.NodeList}, its
 * quorum, what of its members may lie or be silent. nodes.cddl has the bytes.
 *
 * <p>Invariants: 3 t &gt; 2 n, so that two quorums of t share more nodes than may lie; a list follows the one before and is signed
 * by t of it.
 */
@NullMarked
package io.bulwark.clearing.node;

import org.jspecify.annotations.NullMarked;
