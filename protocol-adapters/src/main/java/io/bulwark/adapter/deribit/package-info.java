/**
 * Deribit.
 *
 * <p>Takes positions and account summaries read one between the other, option summaries and index prices. Gives signed positions, the coins that stand behind them,
 * marks in USD and implied volatilities as fractions. Invariants: only {@code balance} and what the session realised count as coins, never the margin figures, which
 * restate the whole portfolio in each currency; {@code equity = balance + session_rpl + futures_session_upl + options_value} or the snapshot is refused; an option's name
 * and its listing say the same contract.
 */
@NullMarked
package io.bulwark.adapter.deribit;

import org.jspecify.annotations.NullMarked;
