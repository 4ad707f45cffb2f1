/**
 * Ceremonies: keys made by many hands, with which nobody can forge while one of them was honest.
 *
 * <p>Takes: a folder, contributors' names, a public beacon. Gives: contributions, a transcript that chains them, and, sealed, keys of a
 * circuit.
 *
 * <p>Invariants: the mathematics and every check of a file are the native library's; a contributor's secret never reaches this side.
 * {@code docs/methodology/ceremony.md} says who runs one and what it buys.
 */
@NullMarked
package io.bulwark.prover.ceremony;

import org.jspecify.annotations.NullMarked;
