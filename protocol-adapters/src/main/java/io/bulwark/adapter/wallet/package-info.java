/**
 * Tokens that an address itself holds on a chain: coins, wrapped staking tokens, shares of ERC-4626 vaults.
 *
 * <p>Takes balances at one block hash with a storage proof each; for shares, what one of them holds by its own contract. Gives holdings under the listed name of each token, and
 * reports of what a share holds. Invariants: a token's place of balances and its decimals are part of the founding file, never the node's word; a balance equals the proved
 * storage word; what a share holds is rounded down, as a redemption pays it, and is a report like a price, believed or refused by the house's own rules.
 */
@NullMarked
package io.bulwark.adapter.wallet;

import org.jspecify.annotations.NullMarked;
