/**
 * Keys and signatures of the quorum: who vouches for an epoch, and what proves that somebody vouched twice.
 *
 * <p>Takes: the digest of a sealed epoch, Ed25519 keys, secp256k1 keys. Gives: signatures, the verdict of a t-of-n quorum, evidence of
 * equivocation; for contracts the same as EIP-712 typed data under secp256k1 ({@link io.bulwark.clearing.attestation.ChainStatement}), by
 * keys that members certify with their Ed25519 key. Beside epochs a quorum signs numbered documents of the house
 * ({@link io.bulwark.clearing.attestation.HouseStatement}), such as the list of its verifying keys.
 *
 * <p>Invariants: a signature names house and epoch number beside the digest, so that two of one number speak for themselves; a key counts once.
 */
@NullMarked
package io.bulwark.clearing.attestation;

import org.jspecify.annotations.NullMarked;
