/**
 * Everything that the house proves: accounts, margins, book, fund, contagion; and the jobs and keys that this takes.
 *
 * <p>Takes sealed epochs and proving keys. Gives proof files. Invariant: a proof is over what an epoch sealed, and over nothing else.
 */
@NullMarked
package io.bulwark.house.proof;

import org.jspecify.annotations.NullMarked;
