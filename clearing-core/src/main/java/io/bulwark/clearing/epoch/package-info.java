/**
 * The sealed cut that anyone can recompute: digests of the inputs, roots.
 *
 * <p>Takes: the inputs of an epoch (epoch time, accepted snapshots, price reports, parameters, owners, salts, paid allocations) and the roots that the prover's trees
 * gave. Gives: one sequence of bytes per document, its digest, and the epoch.
 *
 * <p>Invariants: one value has one encoding (deterministic CBOR, RFC 8949 §4.2), and the reader accepts no other; nothing here reads a clock, a locale or a hash order.
 */
@NullMarked
package io.bulwark.clearing.epoch;

import org.jspecify.annotations.NullMarked;
