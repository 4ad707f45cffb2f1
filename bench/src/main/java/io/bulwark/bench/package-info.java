/**
 * Measurements of the house's hot paths, each against a naive twin or a bare call in the same run.
 *
 * <p><b>Takes</b> nothing but a seed. <b>Gives</b> {@code bulwark bench margin|proofs|contagion|what-if [--json]}: figures on standard output, the harness's log on standard error.
 *
 * <p>Invariant: before anything is measured, the fast way and its twin have given the same integers.
 */
@NullMarked
package io.bulwark.bench;

import org.jspecify.annotations.NullMarked;
