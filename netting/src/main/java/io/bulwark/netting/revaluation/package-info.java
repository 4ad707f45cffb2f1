/**
 * Every instrument in every row: what one lot is worth in tomorrow's worlds.
 *
 * <p><b>Takes</b> the market, scenario rows, volatilities and the payoffs of instruments. <b>Gives</b> published integers: risk arrays per lot (u = 10⁻⁴ USD) and, by {@link
 * io.bulwark.netting.revaluation.RiskTableBuilder}, the whole {@link io.bulwark.netting.risktable.RiskTable} with its provenance.
 *
 * <p><b>Invariants.</b> This is where {@code double} ends: option prices leave through one quantiser, half to even, and everything that is linear never was a double.
 * Linear rows, collateral and debt are exact. Only {@code netting.pricing}'s kernel and {@code StrictMath} compute, so a table is the same bytes on every processor.
 * Method: margin formula, sections 1.2, 1.7 and 6.2.
 */
@NullMarked
package io.bulwark.netting.revaluation;

import org.jspecify.annotations.NullMarked;
