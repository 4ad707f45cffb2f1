/**
 * Reference files in, the product's own numbers out: does the engine compute what somebody else published?
 *
 * <p><b>Takes</b> reference files (JSON with cases, CSV with a result line) and the tables beside them. <b>Gives</b> computed against expected per case, as text or as one
 * JSON object, and an exit code.
 *
 * <p>Invariants: what a case expects is never read to compute it; integers are exact at any size; a kind that is not known is said, never guessed.
 */
@NullMarked
package io.bulwark.conformance;

import org.jspecify.annotations.NullMarked;
