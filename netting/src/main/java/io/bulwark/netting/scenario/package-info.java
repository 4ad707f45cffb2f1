/**
 * Tomorrow's worlds: which price and volatility moves the house looks at, and what every instrument is worth in them.
 *
 * <p><b>Takes</b> scenario rows, price ranges, replays, the volatility rule and the payoffs of instruments at the epoch's
 * prices. <b>Gives</b> published integers: moves per group (ppm), risk arrays per lot (u = 10⁻⁴ USD), and the whole
 * {@link io.bulwark.netting.risktable.RiskTable}.
 *
 * <p><b>Invariants.</b> This is where {@code double} ends: option prices leave through one quantiser, half to even, and
 * everything that is linear never was a double. Moves, dampings, linear rows, collateral and debt are exact. Only {@code
 * netting.pricing}'s kernel and {@code StrictMath} compute, so a table is the same bytes on every processor. Method: margin
 * formula, sections 1.2, 1.7 and 6.2.
 */
@NullMarked
package io.bulwark.netting.scenario;

import org.jspecify.annotations.NullMarked;
