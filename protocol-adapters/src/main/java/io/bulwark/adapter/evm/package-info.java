/**
 * EVM chains: JSON-RPC, ABI, blocks, storage proofs.
 *
 * <p>Takes a node's address. Gives {@link io.bulwark.adapter.evm.EvmNode answers at one block}, read by block hash and refused if that
 * block is no longer canonical; {@link io.bulwark.adapter.evm.ChainVenue what venues on a chain have in common}; {@link
 * io.bulwark.adapter.evm.StorageProof storage words} proved against the block's own hash; and {@link io.bulwark.adapter.evm.EvmAccount an
 * account} that signs transactions here and waits until they are in a block. Invariant: a missing proof node is an invalid proof, never a
 * zero.
 */
@NullMarked
package io.bulwark.adapter.evm;

import org.jspecify.annotations.NullMarked;
