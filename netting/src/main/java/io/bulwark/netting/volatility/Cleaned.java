package io.bulwark.netting.volatility;

import java.util.List;

/**
 * Prices after the filter, and all that it found.
 *
 * @param prices the history with bad prints replaced; the same days
 * @param removed every print that was replaced, by day
 * @param flagged what looks strange and stays, by first day
 */
public record Cleaned(DailyPrices prices, List<BadPrint> removed, List<PriceFlag> flagged) {
    /** Copies. */
    public Cleaned {
        removed = List.copyOf(removed);
        flagged = List.copyOf(flagged);
    }
}
