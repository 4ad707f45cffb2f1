/**
 * The standardised risk language that every adapter speaks: what a venue account holds at one horizon, on what evidence,
 * and what the venue itself counts of it.
 *
 * <p>Takes raw venue readings. Gives {@link io.bulwark.clearing.position.RawSnapshot sealed bytes} and {@link
 * io.bulwark.clearing.position.VenueSnapshot what they say}. Invariant: a snapshot speaks of one horizon.
 */
@NullMarked
package io.bulwark.clearing.position;

import org.jspecify.annotations.NullMarked;
