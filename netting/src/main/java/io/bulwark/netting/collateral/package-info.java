/**
 * What a lot of an asset counts for as collateral and as debt, in every scenario row.
 *
 * <p><b>Takes</b> published moves (ppm), the asset's price, haircut, residual and peg. <b>Gives</b> value and rows in u =
 * 10⁻⁴ USD, rounded down for collateral and up for debt.
 *
 * <p><b>Invariants.</b> Exact integers only, products in unlimited precision: anybody re-derives these rows to the byte from
 * the published moves. Debt is never counted below collateral of the same asset. Rule: margin formula, sections 1.2 and 1.6.
 */
@NullMarked
package io.bulwark.netting.collateral;

import org.jspecify.annotations.NullMarked;
