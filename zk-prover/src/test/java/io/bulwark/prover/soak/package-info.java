/** A short soak in a JVM of its own, and one with a leak. */
@NullMarked
package io.bulwark.prover.soak;

import org.jspecify.annotations.NullMarked;
