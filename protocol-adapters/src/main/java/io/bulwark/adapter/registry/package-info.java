/**
 * The house's own registry on a chain, read as any other contract is: with proofs.
 *
 * <p>Takes a node and the registry's address. Gives {@link io.bulwark.adapter.registry.EpochSighting an epoch} that stands in the registry's storage after a finalised
 * block, proved from the block's hash, in the form that a mirror on another chain takes. Invariant: what is given was walked from the hash here first.
 */
@NullMarked
package io.bulwark.adapter.registry;

import org.jspecify.annotations.NullMarked;
