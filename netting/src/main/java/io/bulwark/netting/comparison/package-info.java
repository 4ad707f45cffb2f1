/**
 * The same portfolio under different methods: every leg by itself, one pool under one move, the whole portfolio; a fixed share of
 * notional, value at risk, stress.
 *
 * <p>Takes an account, its risk table and the terms of its contracts. Gives one line per method with its definition, and the
 * straddle of the source text, margined by the engine itself over a table of its own. Method: {@code docs/methodology/comparison.md}.
 */
@NullMarked
package io.bulwark.netting.comparison;

import org.jspecify.annotations.NullMarked;
