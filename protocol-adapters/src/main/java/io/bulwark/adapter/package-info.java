/**
 * The frontier: whatever a venue says of an account is read here, said in the house's words, or refused by name.
 *
 * <p>Takes a venue's answers, byte for byte. Gives {@link io.bulwark.clearing.position.RawSnapshot sealed bytes} of one horizon and, by a pure
 * function of them, {@link io.bulwark.clearing.position.VenueSnapshot holdings and price reports}. Each venue has a room of its own with the same
 * stems: venue (the {@link io.bulwark.adapter.Venue contract}, by which alone others know it), configuration (what a founding file says of it), client (the only one that speaks to
 * the network), payload (records as the venue says them) and normalizer (pure).
 *
 * <p>Invariants: a snapshot speaks of one horizon or does not exist; absent is never zero; an unknown, missing or ill-typed field is refused with its
 * path, value and rule; a decimal keeps every digit; normalising the same bytes gives the same holdings.
 */
@NullMarked
package io.bulwark.adapter;

import org.jspecify.annotations.NullMarked;
