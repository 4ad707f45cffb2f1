/**
 * Aave V3 on an EVM chain.
 *
 * <p>Takes the pool's own views and, where asked for, storage proofs of the words behind them, all at one finalised block. Gives what an account supplied, down
 * to the token's unit, and owes, up; oracle prices; grade storage proof where every balance and index was proved. Invariants: a balance is a scaled
 * balance times the index <em>at the block</em>; the account's totals as the pool states them are recomputed to the unit or the snapshot is refused.
 */
@NullMarked
package io.bulwark.adapter.aave;

import org.jspecify.annotations.NullMarked;
