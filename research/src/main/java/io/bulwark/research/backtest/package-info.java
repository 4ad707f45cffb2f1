/**
 * The backtest and the calibration as a person asks for them: price files in, verdicts per book or published parameters out, as text, JSON, picture and page.
 *
 * <p><b>Takes</b> price files of {@link io.bulwark.house.pricefile} and a choice of books. <b>Gives</b> what {@link
 * io.bulwark.netting.backtest} says of them. Computes nothing itself.
 *
 * <p><b>Invariant.</b> Every number printed is in the JSON too, unrounded. Method: {@code docs/methodology/backtest.md}.
 */
@NullMarked
package io.bulwark.research.backtest;

import org.jspecify.annotations.NullMarked;
