/**
 * Scenarios of one's own: which the house knows, which somebody asks about, and how likely they are.
 *
 * <p>Takes moves by asset, in parts per million. Gives the same engine's table for them, and what the governed law and the sealed price
 * history say of a joint move. Nothing here is sealed or booked. Method: {@code docs/methodology/fund-monitor.md}.
 */
@NullMarked
package io.bulwark.api.scenario;

import org.jspecify.annotations.NullMarked;
