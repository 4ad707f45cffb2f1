/**
 * Venues that answer over HTTP for their present only: what they have in common, so that each room says only what is its own.
 *
 * <p>Takes a venue's answers and the keys that may read its accounts. Gives {@link io.bulwark.adapter.exchange.ExchangeVenue an adapter's} reads at one
 * horizon, and {@link io.bulwark.adapter.exchange.ExchangeSnapshot the words} in which a normalizer says them. Invariants: a key reaches a request's headers
 * or signature and nothing else, no text of an error and no record's words; an account is read twice or in one answer, and never mixed from two; what
 * the listing names and what the venue says of the same contract are one, or the snapshot is refused.
 */
@NullMarked
package io.bulwark.adapter.exchange;

import org.jspecify.annotations.NullMarked;
