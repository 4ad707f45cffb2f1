/**
 * Payloads of every venue, read offline through the normalizers' own payload records: how a protocol's engineer debugs a feed.
 *
 * <p>Takes a venue's name and the bytes of a file. Takes off what a recording put around the answer, tells the kind of payload by its content, and gives
 * {@link io.bulwark.adapter.fact.FactSheet facts and refusals}. Methods: {@code docs/venues.md}, "Reading a payload".
 */
@NullMarked
package io.bulwark.adapter.reading;

import org.jspecify.annotations.NullMarked;
