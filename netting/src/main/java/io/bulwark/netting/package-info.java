/**
 * From what accounts hold to what they must hold: a pure function of its arguments, without input or output, clock, thread or
 * framework.
 *
 * <p>Takes portfolios, market observations and governed numbers. Gives risk tables and margin statements. Rooms in the order
 * of the margin cycle: {@code portfolio}; {@code volatility}, {@code correlation}, {@code forecast}, {@code liquidity};
 * {@code scenario}; {@code pricing}, {@code risktable}; {@code collateral}, {@code margin}. After {@code risktable} all
 * arithmetic is integer. Method: {@code docs/methodology/margin.md}.
 */
@NullMarked
package io.bulwark.netting;

import org.jspecify.annotations.NullMarked;
