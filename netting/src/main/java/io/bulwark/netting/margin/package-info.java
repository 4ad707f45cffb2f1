/**
 * The margin of one account: worst loss over scenarios, expected shortfall, add-ons by name, equity, and the explanation whose terms sum exactly to the requirement.
 *
 * <p><b>Takes</b> a published {@link io.bulwark.netting.risktable.RiskTable} and a {@link io.bulwark.netting.portfolio.MarginAccount} in lots. <b>Gives</b> a {@link
 * io.bulwark.netting.margin.MarginStatement}, or a {@link io.bulwark.netting.margin.MarginRefusal} with the first fault of the account.
 *
 * <p>Invariants: integers only, u = 10⁻⁴ USD, weights in ppm; a result is rounded only where {@link io.bulwark.netting.formula.WeightedSum} divides, against the
 * account; every component is a maximum or positive part of linear forms of the quantities, so the requirement is convex and any accepted witness bounds it.
 */
@NullMarked
package io.bulwark.netting.margin;

import org.jspecify.annotations.NullMarked;
