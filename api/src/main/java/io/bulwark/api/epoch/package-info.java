/**
 * Sealed epochs: what they hold, their replay, their monitor, and what other programs and contracts take of them.
 *
 * <p>Takes: an epoch's number. Gives: summaries, comparisons, files.
 *
 * <p>Invariants: an epoch that is not sealed is refused by its number; the sealed inputs, which hold the salts of the leaves, are never
 * given out.
 */
@NullMarked
package io.bulwark.api.epoch;

import org.jspecify.annotations.NullMarked;
