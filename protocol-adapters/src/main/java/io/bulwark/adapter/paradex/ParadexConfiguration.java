package io.bulwark.adapter.paradex;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.exchange.KeyRing;
import java.time.Duration;
import java.util.List;

/**
 * Paradex. A token sees its own account alone, so every account has one; it lives for minutes, and whoever holds the Stark key of the account makes the next.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 * @param markets perpetuals whose prices are read, such as {@code BTC-USD-PERP}; the first of a risk group gives its index
 * @param keys by account; the secret is a token that the venue gave for a signature
 * @param budget how often it may be asked
 */
public record ParadexConfiguration(
        int venue, String settlement, List<String> markets, KeyRing keys, ReadBudget budget) {
    /** Copies the names. */
    public ParadexConfiguration {
        markets = List.copyOf(markets);
    }

    /** Seventy per cent of 600 private reads a minute. */
    public static ReadBudget documentedBudget() {
        return new ReadBudget(420, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20);
    }
}
