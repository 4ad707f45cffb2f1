/**
 * An account of a sealed epoch, said in the circuit's terms.
 *
 * <p>Takes: epoch commitment, account leaf and path, owner's key, challenge, scope, claim. Gives: the request that the native prover
 * reads, and the public inputs that its proof must show; or, where the account is larger than the circuit, the answer "no proof in
 * this shape" with what is too large.
 *
 * <p>Invariant: the circuit pads unused slots itself, by the activity bits of the lists; nothing is padded here, so one account has one
 * request in every shape.
 */
@NullMarked
package io.bulwark.prover.witness;

import org.jspecify.annotations.NullMarked;
