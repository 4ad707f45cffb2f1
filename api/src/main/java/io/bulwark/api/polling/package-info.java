/**
 * The house's polling under load: many venues at once, some of which hang or lie, for as long as one likes.
 *
 * <p>Takes the demonstration's venues, several times each. Gives {@link io.bulwark.api.polling.ManyVenues real servers and a founding file over them} and {@link
 * io.bulwark.api.polling.PollingSoak what an hour of asking them leaves behind}: {@code bulwark bench polling}.
 */
@NullMarked
package io.bulwark.api.polling;

import org.jspecify.annotations.NullMarked;
