package io.bulwark.netting.backtest;

import java.util.Optional;

/**
 * A book over a history.
 *
 * @param series profits and initial margins
 * @param tail value at risk and expected shortfall at 99 % by filtered historical simulation at the volatility of the moment; empty if not asked for
 */
record BookResult(BookSeries series, Optional<TailSeries> tail) {}
