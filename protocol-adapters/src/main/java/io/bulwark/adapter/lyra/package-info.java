/**
 * Lyra options (the Avalon markets) on an EVM chain.
 *
 * <p>Takes the option token's and the market's own views and, where asked for, storage proofs of the words behind them, all at one finalised block. Gives options
 * long and short in units of the underlying, each by the strike that the market calls it, and the collateral that is locked behind the shorts; the market's
 * spot and implied volatility. Grade storage proof where every position, its owner, strike and expiry were proved. Invariants: an option is what the house lists
 * under its name, strike and expiry included, or the snapshot is refused; so is a position that has expired and waits for its settlement.
 */
@NullMarked
package io.bulwark.adapter.lyra;

import org.jspecify.annotations.NullMarked;
