/**
 * Judging proofs from files alone: {@code bulwark verify}, {@code /verification}. What a file is, it says itself; what is said beside it
 * is compared or refused.
 *
 * <p>Takes: a proof, a book or margin proofs, and what the reader knows for himself: house, keys, time, custodians. Gives: TRUSTED, NOT
 * ANCHORED with what was not given, or REFUSED with the reason.
 *
 * <p>Invariants: no database, no network; every word of an answer is the one judge's.
 */
@NullMarked
package io.bulwark.api.verification;

import org.jspecify.annotations.NullMarked;
