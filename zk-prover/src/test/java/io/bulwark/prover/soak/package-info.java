/**
 * Whether memory stays flat while the boundary is crossed a great many times.
 *
 * <p>Takes: calls by share, how often, and what tells the resident memory. Gives: the curve of resident memory over calls, and whether it is flat by a stated rule.
 */
@NullMarked
package io.bulwark.prover.soak;

import org.jspecify.annotations.NullMarked;
