/**
 * The house's own registry on a chain: read as any other contract is, with proofs, and spoken to.
 *
 * <p>Takes a node and the registry's address. Gives {@link io.bulwark.adapter.registry.EpochSighting an epoch} that stands in the registry's storage after a finalised
 * block, proved from the block's hash, in the form that a mirror on another chain takes. {@link io.bulwark.adapter.registry.RegistryCalls
 * The words} in which a registry is created, told of an epoch and shown a proof, and the names of its refusals. Invariant: what is given of an epoch was walked
 * from the hash here first.
 */
@NullMarked
package io.bulwark.adapter.registry;

import org.jspecify.annotations.NullMarked;
