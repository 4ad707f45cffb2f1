/**
 * The implied-volatility surface of an underlying: skew and term structure, free of static arbitrage, and its checks.
 *
 * <p><b>Takes</b> the option chain of one moment: strikes, expiries with their forwards, bids, offers and marks. <b>Gives</b>
 * total variance w(k, T) at any log-strike k = ln(K/F) and time T in 365-day years; every violation of static arbitrage with
 * its place and size; skew measures; a variance-swap index; a learned residual with its model card.
 *
 * <p><b>Invariants.</b> A fitted surface obeys the sufficient conditions of no butterfly and no calendar arbitrage by its
 * parameters, so none can be found in it. Everything is a pure function of the quotes and the governed numbers: optimiser and
 * linear algebra are Hipparchus', logarithms and roots {@code StrictMath}'s, so a second operator finds the same coefficients.
 * A quote that is not used is refused by a named rule.
 *
 * <p>Sources: J. Gatheral, A. Jacquier, Arbitrage-free SVI volatility surfaces (2014); S. Hendriks, C. Martini, The extended SSVI
 * volatility surface (2019); A. Mingone, No arbitrage global parametrization for the eSSVI volatility surface (2022). Method:
 * {@code docs/methodology/surface.md}.
 */
@NullMarked
package io.bulwark.netting.surface;

import org.jspecify.annotations.NullMarked;
