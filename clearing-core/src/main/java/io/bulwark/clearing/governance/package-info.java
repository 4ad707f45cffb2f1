/**
 * Governed numbers: each is a {@link io.bulwark.clearing.governance.Parameter} declared beside the code that reads it.
 *
 * <p>Takes declarations with bounds. Gives a {@link io.bulwark.clearing.governance.ParameterSet} whose digest is in the epoch.
 * Invariant: no value outside its bounds exists.
 */
@NullMarked
package io.bulwark.clearing.governance;

import org.jspecify.annotations.NullMarked;
