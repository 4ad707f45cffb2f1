/**
 * The house as it is asked and known: its open books, and the house file that verifiers and provers keep of it.
 *
 * <p>Takes: a home, an open house, or the file of one. Gives: its sealed epochs and what follows from them; or what everybody may know of
 * it, each piece signed by its quorum: {@code bulwark epoch house}, {@code /house.json}.
 *
 * <p>Invariants: a house file is recomputed when it is read; which house it should be, the reader says, never the file.
 */
@NullMarked
package io.bulwark.api.house;

import org.jspecify.annotations.NullMarked;
