/**
 * Was the margin enough? Margins of canonical books, day by day on real prices, against the loss of the next day.
 *
 * <p><b>Takes</b> daily prices, the estimators' price ranges, and named rules that turn them into margins; the published rule
 * is the house's own engine: a risk table per day and {@link io.bulwark.netting.margin}. <b>Gives</b> losses beside margins per
 * book, for {@link io.bulwark.netting.coverage} to judge.
 *
 * <p><b>Invariants.</b> The margin for the move from day t to t+1 reads prices up to t only. Nothing here ends in a table that is published. Method: {@code
 * docs/methodology/backtest.md}.
 */
@NullMarked
package io.bulwark.netting.backtest;

import org.jspecify.annotations.NullMarked;
