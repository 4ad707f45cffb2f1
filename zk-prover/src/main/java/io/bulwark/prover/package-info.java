/**
 * From a margin statement to a proof that anybody can check.
 *
 * <p>Takes: the sealed epoch, its risk table and one account. Gives: 196 bytes of proof and five public inputs. The rooms, in
 * the order in which they depend on each other: {@code binding} calls the native library, {@code commitment} builds what an epoch
 * commits to, {@code witness} says an account in the circuit's terms, {@code proof} proves and verifies.
 */
@NullMarked
package io.bulwark.prover;

import org.jspecify.annotations.NullMarked;
