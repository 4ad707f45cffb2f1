/**
 * How positions of a member who cannot pay are sold.
 *
 * <p><b>Takes</b> what is for sale, bids, a published reserve price; for sales in slices the impact of the market and how much
 * of it stays. <b>Gives</b> fills at one price with what is unsold, and what a schedule of slices costs. Orders only: acting
 * on a venue is not done here.
 *
 * <p><b>Invariants.</b> Filled plus unsold is what was for sale; nobody pays more than it bid; the clearing price never lies
 * below the reserve. Method: {@code docs/methodology/default-management.md}.
 */
@NullMarked
package io.bulwark.insurance.liquidation;

import org.jspecify.annotations.NullMarked;
