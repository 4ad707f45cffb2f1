/**
 * Cases about the house's own numbers: margin and its parts, option values, estimators, tails, backtests, the contagion buffer and networks.
 *
 * <p><b>Takes</b> the fields of a case. <b>Gives</b> what the product's own rooms compute of them, in the shape of the expectation.
 *
 * <p>Invariant: nothing is computed here that a room of the product computes.
 */
@NullMarked
package io.bulwark.conformance.margin;

import org.jspecify.annotations.NullMarked;
