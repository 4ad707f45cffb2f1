/**
 * Reports of prices and volatilities, and what the house believes of them.
 *
 * <p>Takes {@link io.bulwark.clearing.oracle.PriceReport reports}. Gives a median with its confidence, or says why there is
 * none. Invariant: a stale report is never used silently.
 */
@NullMarked
package io.bulwark.clearing.oracle;

import org.jspecify.annotations.NullMarked;
