/**
 * Market series as people export them: price bars, books, trades, quotes, tickers, option chains, tiers, deleveraging, oracle rounds.
 *
 * <p><i>Takes</i>: tables of comma-separated columns and JSON series, told by their columns. <i>Gives</i>: a fact for each number of a
 * row. A row that cannot be true (a high below a low, a negative price) is refused, rows beside it are read.
 */
@NullMarked
package io.bulwark.adapter.market;

import org.jspecify.annotations.NullMarked;
