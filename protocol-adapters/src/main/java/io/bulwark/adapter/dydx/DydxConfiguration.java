package io.bulwark.adapter.dydx;

import io.bulwark.adapter.ReadBudget;
import java.time.Duration;

/**
 * dYdX v4.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 * @param budget how often its indexer may be asked
 */
public record DydxConfiguration(int venue, String settlement, ReadBudget budget) {
    /** USDC, and seventy per cent of the documented 100 requests in ten seconds. */
    public static DydxConfiguration of(int venue) {
        return new DydxConfiguration(
                venue, "USDC", new ReadBudget(70, Duration.ofSeconds(10), Duration.ofSeconds(5), 3, 8 << 20));
    }
}
