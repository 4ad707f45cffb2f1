package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.ReadBudget;
import java.time.Duration;

/**
 * Hyperliquid.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 * @param budget how often it may be asked
 */
public record HyperliquidConfiguration(int venue, String settlement, ReadBudget budget) {
    /** USDC, and seventy per cent of the documented 1,200 weight a minute. */
    public static HyperliquidConfiguration of(int venue) {
        return new HyperliquidConfiguration(
                venue, "USDC", new ReadBudget(840, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20));
    }
}
