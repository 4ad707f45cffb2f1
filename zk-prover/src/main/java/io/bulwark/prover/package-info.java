/** Placeholder. */
@NullMarked
package io.bulwark.prover;

import org.jspecify.annotations.NullMarked;
