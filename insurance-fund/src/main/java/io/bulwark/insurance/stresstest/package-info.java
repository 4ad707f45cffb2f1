/**
 * How much the fund must hold: the two members who lose most beyond what they hold, in the same scenario.
 *
 * <p><b>Takes</b> the vault table (replays at full weight) and every account in lots with its initial margin. <b>Gives</b>
 * {@link io.bulwark.insurance.stresstest.CoverTwo}: the need in u = 10⁻⁴ USD with the pair and the row that cause it;
 * {@link io.bulwark.insurance.stresstest.ReverseStress}: how many times a scenario exhausts a fund.
 *
 * <p>Who causes the risk of all is divided here too: Euler's shares of expected shortfall (Tasche, 2008), the price, and Shapley's (1953), the check of fairness; both
 * sum to the total, because the scenario on the boundary of the tail is split.
 *
 * <p><b>Invariants.</b> Exact integers; nothing depends on the order of accounts. Accounts of one member are affiliates and
 * stand together, but one account's surplus never pays another's loss. Rule: margin formula, section 1.8 (vault).
 */
@NullMarked
package io.bulwark.insurance.stresstest;

import org.jspecify.annotations.NullMarked;
