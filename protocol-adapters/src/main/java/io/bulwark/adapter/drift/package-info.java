/**
 * Drift v2: perpetuals and lending on Solana, read from its accounts by a node.
 *
 * <p>Takes the bytes of a {@code User} account in base64, or of a {@code UserStats} account, alone, in a list or in a node's answer, and the
 * answers of the venue's gateway and data interfaces. Gives {@link io.bulwark.adapter.fact.FactSheet facts and refusals}. Invariants: an
 * account has its documented length and discriminator or is refused; only live slots speak; a spot balance of an account is a scaled one, to
 * be multiplied by the market's cumulative interest, which the account does not hold, and is said as such.
 */
@NullMarked
package io.bulwark.adapter.drift;

import org.jspecify.annotations.NullMarked;
