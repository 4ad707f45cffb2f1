/**
 * Many venues at once, some of which hang or lie, and the house that polls them, for as long as one likes.
 *
 * <p>Takes the demonstration's venues, several times each. Gives {@link io.bulwark.simulation.ManyVenues real servers and a founding file
 * over them} and {@link io.bulwark.simulation.PollingSoak what an hour of asking them leaves behind}: {@code bulwark bench polling}.
 */
@NullMarked
package io.bulwark.simulation;

import org.jspecify.annotations.NullMarked;
