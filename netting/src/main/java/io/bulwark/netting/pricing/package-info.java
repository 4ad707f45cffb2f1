/**
 * Prices and Greeks of options, in {@code double}: closed formulas, sums over jumps, trees, two assets.
 *
 * <p><b>Takes</b> spot or forward, strike, rates, time and volatility as finite doubles. <b>Gives</b> prices and
 * derivatives of prices. Nothing here decides: a price leaves for the risk table through one quantiser
 * ({@code netting.scenario}), and after it all arithmetic is integer.
 *
 * <p><b>Invariants.</b> The kernel ({@link io.bulwark.netting.pricing.Exponential},
 * {@link io.bulwark.netting.pricing.NormalDistribution}, {@link io.bulwark.netting.pricing.Black76},
 * {@link io.bulwark.netting.pricing.Margrabe}, {@link io.bulwark.netting.pricing.BinomialTree}) uses only + − × ÷ √ fma,
 * comparisons and exact powers of two: IEEE 754 defines each of them to the last bit, so a table is the same bytes on every
 * processor. {@link io.bulwark.netting.pricing.Black76Lanes} does the same in lanes. {@code Math.exp} and
 * {@code Math.log} are not used, for they may differ by processor; logarithms and powers that feed the kernel come from
 * {@code StrictMath}, once per instrument or row.
 *
 * <p>Method: E. G. Haug, The Complete Guide to Option Pricing Formulas (1998), chapter 1; J. F. Hart, Computer
 * Approximations (1968), in the form of G. West, Better approximations to cumulative normal functions (2005).
 */
@NullMarked
package io.bulwark.netting.pricing;

import org.jspecify.annotations.NullMarked;
