/**
 * Predictive volatility: tomorrow's variance from yesterday's, by a regression and by boosted trees, judged out of sample and allowed to raise σ only.
 *
 * <p><b>Takes</b> cleaned daily prices (or realised variances) of one underlying, governed numbers, and a way to grow one regression tree (a library's, handed in
 * by who trains). <b>Gives</b> forecasts of every model over a history, their losses and tests, a model file that is evaluated in integers, its card, and the
 * decision whether it counts.
 *
 * <p><b>Invariants.</b> A forecast made on a day reads that day and earlier ones. The same model file gives the same integer on every machine. A learned σ never
 * lowers a margin and never raises σ above the governed multiple. Method: {@code docs/methodology/learned-volatility.md}.
 */
@NullMarked
package io.bulwark.netting.forecast;

import org.jspecify.annotations.NullMarked;
