package io.bulwark.adapter.paradex;

import io.bulwark.adapter.Venue;
import java.util.List;

/**
 * Paradex. A token sees its own account alone, so every account has one; it lives for minutes, and whoever holds the Stark key of the account makes the next.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 * @param markets perpetuals whose prices are read, such as {@code BTC-USD-PERP}; the first of a risk group gives its index
 */
public record ParadexConfiguration(int venue, String settlement, List<String> markets) implements Venue.Founding {
    /** Copies the names. */
    public ParadexConfiguration {
        markets = List.copyOf(markets);
    }
}
