/**
 * The far end of what prices do: extreme-value tails, tail dependence, filtered history, and the weighted rows of expected
 * shortfall.
 *
 * <p><b>Takes</b> daily log-returns of risk groups on common days, today's σ of each, governed shares and a seed. <b>Gives</b>
 * fitted tail laws, a t-copula, joint one-day worlds, and N weighted rows in ppm.
 *
 * <p><b>Invariants.</b> Nothing is random but what a seed says: the draws of a world depend on the seed and the world's number
 * alone. Only + − × ÷ √ and Hipparchus' own functions in pure Java compute, so rows are the same bytes on every processor.
 * Method: {@code docs/methodology/tails.md}.
 */
@NullMarked
package io.bulwark.netting.tail;

import org.jspecify.annotations.NullMarked;
