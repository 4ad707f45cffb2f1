/**
 * Conversations with venues, kept so that the house can be shown and tested without them.
 *
 * <p>Takes a recording (one JSON file per venue: each question with the answer's exact bytes). Gives {@link io.bulwark.adapter.recording.RecordedVenues a server
 * on the loopback} that answers those questions and no others, so that the adapters run the same code as against a live venue. Those of
 * Aave, Lyra and Perp are made from real contracts ({@code bulwark dev record}; the beds lie among the tests); those of the other venues are
 * written to the venue's documented schema. Invariant: a question that was not recorded is an error, never a guess.
 */
@NullMarked
package io.bulwark.adapter.recording;

import org.jspecify.annotations.NullMarked;
