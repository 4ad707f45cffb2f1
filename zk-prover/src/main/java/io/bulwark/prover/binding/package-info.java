/**
 * The one room that calls the Go library.
 *
 * <p>Takes: bytes in the encodings that {@code zk-prover/circuits/ABI.md} lists, field elements, handles. Gives: bytes, field
 * elements, handles, or a {@link io.bulwark.prover.binding.ProverRefusal}.
 *
 * <p>Invariants:
 * <ul>
 *   <li>{@link io.bulwark.prover.binding.ProverLibrary} is the only class that crosses the boundary; every length is checked before it.
 *   <li>There are two ways across for the same calls: the library in this process, and a process of its own, whose end costs the calls that it was at.
 *   <li>A refusal holds a code, a place and a constraint number, never a value of the witness.
 *   <li>A closed handle is refused in Java and never reaches the library.
 *   <li>Set-up, proving and opening keys run on at most two platform threads: a native call would pin a virtual thread's carrier.
 * </ul>
 */
@NullMarked
package io.bulwark.prover.binding;

import org.jspecify.annotations.NullMarked;
