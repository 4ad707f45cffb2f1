/**
 * Who causes the risk of all: expected shortfall divided among members.
 *
 * <p><b>Takes</b> losses of each member by scenario with weights. <b>Gives</b> Euler's shares (what the total would fall by at the
 * margin: the price) and Shapley's (the mean over all orders of joining: the fairness check), both summing to the total.
 *
 * <p><b>Invariants.</b> Exact: shares sum to the total because the scenario on the boundary of the tail is split. Euler's share
 * of a hedging member can be negative; contributions floor it at zero and rescale. Sources: Tasche, Euler allocation (2008);
 * Shapley (1953).
 */
@NullMarked
package io.bulwark.insurance.allocation;

import org.jspecify.annotations.NullMarked;
