/**
 * The market of one epoch: prices as the oracle believes them, how much they are doubted, what a share or a peg is worth.
 *
 * <p><b>Takes</b> the epoch's price book, the listing and governed pegs. <b>Gives</b> a {@link io.bulwark.netting.market.Market}: a price for every listed number.
 *
 * <p><b>Invariants.</b> Exact integers; a price that is missing stops the epoch by name.
 */
@NullMarked
package io.bulwark.netting.market;

import org.jspecify.annotations.NullMarked;
