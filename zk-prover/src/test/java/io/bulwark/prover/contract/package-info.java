/** The contracts on a local chain, against real proofs. */
@NullMarked
package io.bulwark.prover.contract;

import org.jspecify.annotations.NullMarked;
