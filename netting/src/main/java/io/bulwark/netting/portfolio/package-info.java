/**
 * One account across all venues, in lots.
 *
 * <p><b>Takes</b> the accepted snapshot of every venue account that is linked to a clearing account, the listing, the epoch's
 * market and table, and the owner's paid allocation. <b>Gives</b> a {@link io.bulwark.netting.portfolio.MarginAccount}: cash
 * in u = 10⁻⁴ USD and four lists of lots by permanent number, with the origin of every lot.
 *
 * <p>{@link io.bulwark.netting.portfolio.ClaimGraph} credits a claim that several venues report once; {@link io.bulwark.netting.portfolio.PledgeChain} follows one
 * collateral that is posted again and again (Singh, Velocity of pledged collateral, IMF WP/11/256).
 *
 * <p><b>Invariants.</b> Each amount of each snapshot is converted by itself, then lots of one number are added. Every
 * rounding is against the account: assets down, debts up, a fraction of a derivative is charged. Origins add up to the
 * account exactly. Exact arithmetic only. Rule: common encoding, "Numbers and lots" and "Which inputs an epoch seals".
 */
@NullMarked
package io.bulwark.netting.portfolio;

import org.jspecify.annotations.NullMarked;
