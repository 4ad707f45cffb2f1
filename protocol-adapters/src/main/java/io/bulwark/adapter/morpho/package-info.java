/**
 * Morpho Blue: isolated markets of one loan asset against one collateral.
 *
 * <p>Takes an account's position in each configured market, at one block hash, with storage proofs. Gives collateral, supply and debt in token units with interest
 * expected to the block's time: the totals that the contract stores are as old as the market's last accrual, and a debt that is read from them is too small.
 *
 * <p>Invariants: a market's parameters hash to its id, or it is refused; supply is rounded down and debt up, as the contract rounds a withdrawal and a repayment; positions
 * and totals equal the proved storage words. The rate at which interest accrues is the rate contract's own word, which no proof covers: whoever owes in a market
 * where interest has run has the lower grade.
 */
@NullMarked
package io.bulwark.adapter.morpho;

import org.jspecify.annotations.NullMarked;
