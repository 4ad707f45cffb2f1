/**
 * How venues close positions of winners and share losses, by their own published rules: for previews, replays and comparison.
 *
 * <p><b>Takes</b> positions as the venue sees them. <b>Gives</b> its ranking, queue, price, shares or trigger. These are not
 * Bulwark's rules; those are {@link io.bulwark.insurance.deleveraging}.
 *
 * <p>Sources: BitMEX (auto-deleveraging, ranking), Hyperliquid (documentation, auto-deleveraging), dYdX v4 protocol
 * (bankruptcy price), Drift protocol v2 (insurance fund shares, rebase), GMX v2 (PnL-to-pool factor).
 */
@NullMarked
package io.bulwark.insurance.venuerule;

import org.jspecify.annotations.NullMarked;
