/**
 * How the moves of underlyings hang together: the time-decay-weighted correlation matrix that anybody recomputes from published observations, its repair to a correlation
 * matrix, how far a group may break away from the others, and how plausible a joint move is.
 *
 * <p><b>Takes</b> standardised returns (each over the volatility of the day before). <b>Gives</b> a
 * {@link io.bulwark.netting.correlation.Correlation} and its published form in integers with the digests of what it was made of.
 *
 * <p><b>Invariants.</b> Symmetric, diagonal exactly 1, positive semi-definite; the published integers are positive definite, checked exactly. Eigenvalues are those of
 * Hipparchus, pure Java: the same bits on every machine.
 *
 * <p>Method: {@code docs/methodology/correlation.md}.
 */
@NullMarked
package io.bulwark.netting.correlation;

import org.jspecify.annotations.NullMarked;
