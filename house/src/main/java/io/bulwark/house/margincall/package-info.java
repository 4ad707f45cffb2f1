/**
 * What a house would have done at venues for an account that is liquidated, as orders.
 *
 * <p>Takes an epoch. Gives orders by venue, in batches, with what each costs. Invariant: nothing here is sent to a venue.
 */
@NullMarked
package io.bulwark.house.margincall;

import org.jspecify.annotations.NullMarked;
