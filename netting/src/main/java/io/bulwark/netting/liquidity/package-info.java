/**
 * What size costs: from quoted depth, spreads and one-sided open interest to the published slopes of the size charges.
 *
 * <p><b>Takes</b> observations that nobody can lower for himself: a low quantile of hourly depth, median spreads, open
 * interest by side over all accounts. <b>Gives</b> slopes and knots in the table's own words, rounded up.
 *
 * <p><b>Invariants.</b> Integers only, square roots included. A slope never falls when open interest rises or depth falls;
 * own-size increments never exceed 3 % of the linear slope they sit on, so that splitting an account saves nothing worth
 * while. Method: margin formula, sections 1.5 and 1.8; {@code docs/methodology/risk-table.md}.
 */
@NullMarked
package io.bulwark.netting.liquidity;

import org.jspecify.annotations.NullMarked;
