/**
 * The shared fund over a computed epoch: what stress would cost, what rests on every collateral symbol, and a member's default from plan
 * to settlement.
 *
 * <p>Takes an epoch and the books. Gives losses, who pays, and transfers that are posted once. Invariant: nothing here is sent to a venue.
 */
@NullMarked
package io.bulwark.house.fund;

import org.jspecify.annotations.NullMarked;
