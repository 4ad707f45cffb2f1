/**
 * The Global Risk Vault: what members have paid in, what each must pay, and the transfers between.
 *
 * <p><b>Takes</b> the need of {@link io.bulwark.insurance.stresstest.CoverTwo}, the contributions that stand in the ledger
 * and governed bounds. <b>Gives</b> an {@link io.bulwark.insurance.vault.Assessment}, transfers for the ledger, and
 * how long capacity lasts while exits go on ({@link io.bulwark.insurance.vault.FundCapacity.CapacityClock}). It posts
 * nothing itself.
 *
 * <p><b>Invariants.</b> Contributions together are never below the need; they rise at once and fall by at most a fifth a
 * review; every share is an exact integer of u = 10⁻⁴ USD, rounded up; a transfer's identity follows from epoch and member,
 * so that posting twice books once.
 */
@NullMarked
package io.bulwark.insurance.vault;

import org.jspecify.annotations.NullMarked;
