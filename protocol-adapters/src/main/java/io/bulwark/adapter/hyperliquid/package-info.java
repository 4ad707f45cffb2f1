/**
 * Hyperliquid's perpetuals.
 *
 * <p>Takes an account's clearinghouse state and the market's contexts, each one answer of one moment. Gives signed positions with their entry prices, the USDC
 * that stands behind them, index and mark prices. Invariants: {@code accountValue = totalRawUsd + Σ sign(szi)·positionValue} to the last digit, or the snapshot is
 * refused; universe and contexts are paired by position within one answer only.
 *
 * <p>What stands in the spot account, and in other exchanges that builders deployed, is not read: it counts for nothing.
 */
@NullMarked
package io.bulwark.adapter.hyperliquid;

import org.jspecify.annotations.NullMarked;
