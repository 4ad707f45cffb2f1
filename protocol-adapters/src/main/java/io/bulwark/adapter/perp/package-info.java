/**
 * Perp v2 (curie) on an EVM chain: perpetuals on virtual Uniswap v3 pools.
 *
 * <p>Takes the exchange's own views, all at one finalised block. Gives positions in units of the base with entry price and funding not yet paid, the
 * settlement balance behind them, other collateral that lies with the vault; index and mark. The mark is the venue's own median of time-weighted prices and
 * is never replaced by a spot price. Invariants: the account's value as the venue states it is recomputed from balance, funding, gains and collateral to the
 * unit, or the snapshot is refused; so is an account with liquidity in a pool, whose size moves with the price. Funding is computed by a view from the pool's
 * history and cannot be proved by a word of storage: the grade is unsigned.
 */
@NullMarked
package io.bulwark.adapter.perp;

import org.jspecify.annotations.NullMarked;
