/**
 * From what accounts hold to what they must hold: a pure function of its arguments, without input or output, clock, thread or
 * framework.
 *
 * <p>Takes portfolios, market observations and governed numbers. Gives risk tables and margin statements. Rooms in the order
 * of the margin cycle: {@code portfolio}; {@code volatility}, {@code correlation}, {@code tail}, {@code forecast}, {@code liquidity},
 * gathered by {@code calibration}; {@code scenario}; {@code surface}, {@code pricing}, {@code risktable}; {@code collateral},
 * {@code margin}. After {@code risktable} all arithmetic is integer. Beside the cycle: {@code action} (what may be done with an
 * account), {@code comparison}, {@code venuemargin}, {@code backtest}. Methods: {@code docs/methodology}.
 */
@NullMarked
package io.bulwark.netting;

import org.jspecify.annotations.NullMarked;
