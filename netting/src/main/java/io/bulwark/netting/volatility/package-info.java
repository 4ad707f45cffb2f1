/**
 * How far a price may move in a day: from daily prices, cleaned of bad prints, to the published volatility, tail multiplier, regime and price range of an underlying.
 *
 * <p><b>Takes</b> daily prices ({@link io.bulwark.netting.volatility.DailyPrices}) and governed numbers
 * ({@link io.bulwark.netting.volatility.VolatilityParameters}). The prices that a house seals are one document, a
 * {@link io.bulwark.netting.volatility.PriceHistory}. <b>Gives</b> a
 * {@link io.bulwark.netting.volatility.VolatilityPath}, and its last day as integers that a risk table is built from
 * ({@link io.bulwark.netting.volatility.PublishedRange.PriceRange}).
 *
 * <p><b>Invariants.</b> Causality: the value of day t reads prices of days up to t only, so that a path over a longer history has the shorter one's path as its
 * beginning, bit for bit. Volatilities scale with the returns; the tail multiplier does not change with their scale. Double arithmetic here is + − × ÷ √ and
 * {@code StrictMath}, or Hipparchus (pure Java): the same bits on every machine.
 *
 * <p>Method: {@code docs/methodology/volatility.md}.
 */
@NullMarked
package io.bulwark.netting.volatility;

import org.jspecify.annotations.NullMarked;
