/**
 * How positions of a member who cannot pay are sold.
 *
 * <p><b>Takes</b> what is for sale, bids, a published reserve price; for sales in slices the impact of the market and how much
 * of it stays; a book, a path of prices and a speed. <b>Gives</b> fills at one price with what is unsold, what a schedule of slices
 * costs, and what becomes of a book along a path ({@link io.bulwark.insurance.liquidation.LiquidationReplay}). Orders only: acting on a
 * venue is not done here.
 *
 * <p><b>Invariants.</b> Filled plus unsold is what was for sale; nobody pays more than it bid; the clearing price never lies
 * below the reserve. Methods: {@code docs/methodology/default-management.md}, {@code contagion.md}.
 */
@NullMarked
package io.bulwark.insurance.liquidation;

import org.jspecify.annotations.NullMarked;
