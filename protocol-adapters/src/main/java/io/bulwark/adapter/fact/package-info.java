/**
 * What one payload of a venue says, in the house's words, without a house: no listing, no account, no books.
 *
 * <p>Takes the bytes of one answer or stream message, as a venue, its documentation or a recording wrote them. Gives {@link Fact facts},
 * each with unit, scale, horizon and evidence grade, and {@link io.bulwark.adapter.PayloadRefused refusals} with field, value and rule.
 * Each venue's room has one {@link VenueDecoder}, whose tables are data ({@link Glossary}) and whose sheets its normalizer takes.
 * Invariants: the kind of a payload is told by its content; absent is never zero; a row that is refused gives no fact at all, and rows
 * beside it are read; the same bytes give the same facts in the same order.
 */
@NullMarked
package io.bulwark.adapter.fact;

import org.jspecify.annotations.NullMarked;
