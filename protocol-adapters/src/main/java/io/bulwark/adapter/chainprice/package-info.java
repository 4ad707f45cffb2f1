/**
 * Prices that a chain itself holds: rounds of an oracle network's feeds, and time-weighted averages of pools.
 *
 * <p>Takes each configured feed's latest round and each pool's observations at one block hash. Gives index prices at the moment that the feed itself names. Invariants: a round past its
 * feed's own heartbeat, at or beyond a bound, from the future or never answered is refused with its field, value and rule; an average of a window that the pool does not remember does
 * not exist; an average that is cheaper to push by one per cent than the founding file demands is no price. There are no accounts here.
 */
@NullMarked
package io.bulwark.adapter.chainprice;

import org.jspecify.annotations.NullMarked;
