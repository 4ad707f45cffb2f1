/**
 * The statistics that judge any series of margins and losses.
 *
 * <p><b>Takes</b> a series of exceedances or of losses beside their forecast. <b>Gives</b> likelihood ratios (Kupiec, Christoffersen), expected-shortfall tests (Acerbi and
 * Székely), the Basel traffic light, measures of procyclicality.
 *
 * <p><b>Invariant.</b> Draws come from a seed that is an input. Method: {@code docs/methodology/backtest.md}.
 */
@NullMarked
package io.bulwark.netting.coverage;

import org.jspecify.annotations.NullMarked;
