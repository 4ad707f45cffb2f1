/**
 * Runs the cycle; answers people, programs and chains; the command line. The only module that sees all others, and the only one that
 * answers the outside world.
 *
 * <p>Takes: a verb and its arguments. Gives: an exit code (0 done or accepted, 1 a negative answer, 2 bad input, 3 conformance met a kind
 * that it does not know).
 */
@NullMarked
package io.bulwark.api;

import org.jspecify.annotations.NullMarked;
