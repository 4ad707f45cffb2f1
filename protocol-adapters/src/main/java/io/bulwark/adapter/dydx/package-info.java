/**
 * dYdX v4, read from an indexer.
 *
 * <p>Takes a parent subaccount with its children, the processed height, and the perpetual markets. Gives signed positions with their entry prices, the USDC that
 * stands behind them, and oracle prices. Invariants: everything of one snapshot stands at one processed height; {@code equity = USDC + Σ (size · entry +
 * unrealised gain)} within the rounding of the entry price; a short has a negative size <em>and</em> the side SHORT.
 */
@NullMarked
package io.bulwark.adapter.dydx;

import org.jspecify.annotations.NullMarked;
