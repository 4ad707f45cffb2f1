/**
 * When every layer is used up: gains are cut, or positions closed against those who gained, by a rule fixed beforehand.
 *
 * <p><b>Takes</b> gains and a deficit, or equities, notionals and how much must be closed. <b>Gives</b> who loses how much.
 *
 * <p><b>Invariants.</b> Never more is taken than the deficit; splitting an account never helps; no id carries a privilege:
 * units are rounded by {@link io.bulwark.insurance.apportionment.SeededRounding}. How venues do it by
 * their own published rules stands beside it, for previews, replays and comparison: BitMEX (ranking), Hyperliquid (auto-deleveraging), dYdX v4 (bankruptcy
 * price), Drift v2 (insurance fund shares, rebase), GMX v2 (PnL-to-pool factor). Method: {@code docs/methodology/default-management.md}.
 */
@NullMarked
package io.bulwark.insurance.deleveraging;

import org.jspecify.annotations.NullMarked;
