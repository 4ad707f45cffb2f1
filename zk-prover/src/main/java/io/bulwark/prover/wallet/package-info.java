/**
 * What an owner needs to prove at home, without the house.
 *
 * <p>Takes: an owner's wallet, and from the house a witness bundle: the sealed epoch, the account's leaf and path, the risk table and the
 * names of the keys, encrypted to the wallet (HPKE of RFC 9180). Gives: the same {@link io.bulwark.prover.witness.WitnessRequest} that the
 * house would make, for a challenge and scope that the house never hears of. An owner may lock the wallet
 * with a browser wallet's signature ({@link io.bulwark.prover.wallet.LockedWallet}). File forms: {@code wallet.cddl}.
 *
 * <p>Invariant: a bundle holds nothing of the owner's secret, because the house that makes it has nothing of it; and nothing is proved
 * from a bundle whose parts do not lead to the epoch's roots.
 */
@NullMarked
package io.bulwark.prover.wallet;

import org.jspecify.annotations.NullMarked;
