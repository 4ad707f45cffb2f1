/** The page that checks proofs, in a real browser. */
@NullMarked
package io.bulwark.prover.page;

import org.jspecify.annotations.NullMarked;
