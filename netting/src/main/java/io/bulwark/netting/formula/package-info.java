/**
 * The margin formula, line by line: worst loss over scenarios, expected shortfall, add-ons, equity.
 *
 * <p><b>Takes</b> a {@link io.bulwark.netting.formula.MarginBook}: an account in lots against a published
 * {@link io.bulwark.netting.risktable.RiskTable}. <b>Gives</b> the {@link
 * io.bulwark.netting.formula.Requirement} and every component of it by name.
 *
 * <p><b>Invariants.</b> Integers only, u = 10⁻⁴ USD, weights in ppm; a result is rounded only where
 * {@link io.bulwark.netting.formula.WeightedSum} divides, against the
 * account; every component is a maximum or positive part of linear forms of the quantities, so the requirement is convex. No words and no
 * search: {@link
 * io.bulwark.netting.margin} explains and allocates. Rule: margin formula, section 1.
 */
@NullMarked
package io.bulwark.netting.formula;

import org.jspecify.annotations.NullMarked;
