/**
 * What an epoch commits to: accounts and risk table as trees, the epoch as one digest, an owner as a hash, a claim as an integer.
 *
 * <p>Takes: risk tables, accounts in lots, sealed digests, owners' secrets. Gives: leaves, roots, paths, epoch digests, nullifiers,
 * scopes, challenges and claims, all as field elements.
 *
 * <p>Invariants: the native library computes every tree hash, this room only orders its inputs; an absent root is 0; secrets and
 * salts are 31 bytes of a secure generator; nothing here prints a secret.
 */
@NullMarked
package io.bulwark.prover.commitment;

import org.jspecify.annotations.NullMarked;
