/**
 * Uniswap v3: liquidity between two prices, held as positions of the position manager.
 *
 * <p>Takes the positions that an address holds in configured pools, and each pool's average and spot price, at one block hash, with storage proofs. Gives two collateral
 * balances a position: what it is worth at least, whatever the price does within a governed range. A position's worth is a concave function of the price, so the line through
 * its worth at both ends of the range lies below it in between ({@link io.bulwark.adapter.uniswap.LiquidityChord}); the line's slope is a quantity of the first coin, what it
 * is at price zero a quantity of the second.
 *
 * <p>Invariants: holder, ticks, liquidity, what is owed and the pool's spot price equal the proved storage words; the average is the node's word, but a position counts only
 * while the proved spot price lies within so many ticks of it, and the range is as much wider. Quantities are rounded down; fees that are not yet booked to the position are
 * not counted. Source: Uniswap v3 core whitepaper, section 6; storage as solc lays it out for v3-periphery 1.x.
 */
@NullMarked
package io.bulwark.adapter.uniswap;

import org.jspecify.annotations.NullMarked;
