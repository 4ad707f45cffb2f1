/**
 * The house's registry on a chain: put there, told of an epoch, shown a proof.
 *
 * <p>Takes: files, and the key that pays. Gives: transactions in a block. Invariants: no house need be here; a key is never an argument
 * and never printed; what would be reverted is not sent.
 */
@NullMarked
package io.bulwark.api.chain;

import org.jspecify.annotations.NullMarked;
