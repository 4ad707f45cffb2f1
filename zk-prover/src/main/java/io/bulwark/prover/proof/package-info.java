/**
 * Proofs: made by whoever holds the witness, checked by anybody.
 *
 * <p>Takes: proof requests, risk-table trees, proving keys. Gives: a {@link io.bulwark.prover.proof.ProofBundle} of 196 bytes of proof,
 * five public inputs and the digest of the verifying key; to a verifier, valid or not.
 *
 * <p>Invariants: a proof leaves {@link io.bulwark.prover.proof.Prover} only after it verified and showed the public inputs that were
 * computed apart from it; a key whose digest is not the expected one is refused; keys made by one machine are called unsafe wherever
 * they are named.
 */
@NullMarked
package io.bulwark.prover.proof;

import org.jspecify.annotations.NullMarked;
