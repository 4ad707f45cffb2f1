/**
 * How extremes of several variables come together, whatever the law of each: the copula of a multivariate t, and draws from it.
 *
 * <p>Takes a correlation and degrees of freedom, or observations. Gives scores, distances and tail dependence. A draw is a function of
 * seed, stream and counter, so that a world is the same whoever asks. Invariant: no clock, no thread, no {@code java.util.Random}.
 */
@NullMarked
package io.bulwark.netting.copula;

import org.jspecify.annotations.NullMarked;
