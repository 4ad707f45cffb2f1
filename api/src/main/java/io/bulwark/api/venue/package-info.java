/**
 * Venues as their house works with them: polled, read, linked to owners, quarantined; and feeds in the risk language checked offline,
 * against the published schema and by the program's own strict readers, before any of it is sent.
 *
 * <p>Takes: founding and connection files, payloads, feeds, signed statements. Gives: epochs while it polls; facts; {@link
 * io.bulwark.api.venue.FeedValidation what is wrong with a feed}, by line, field, value and rule. Guide: {@code docs/join.md}, {@code
 * docs/risk-language}.
 */
@NullMarked
package io.bulwark.api.venue;

import org.jspecify.annotations.NullMarked;
