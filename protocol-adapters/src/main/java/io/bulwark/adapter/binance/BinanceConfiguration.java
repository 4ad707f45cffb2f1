package io.bulwark.adapter.binance;

import io.bulwark.adapter.Venue;
import io.bulwark.clearing.money.Amount;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Binance portfolio margin. A key sees its own account alone, so every account has a key.
 *
 * @param venue the venue's permanent number
 * @param linear USD-margined perpetuals whose index and mark are read, such as {@code BTCUSDT}; the first of a risk group gives its index
 * @param inverse coin-margined perpetuals that may be held and whose mark is read, such as {@code BTCUSD_PERP}, with the USD of one contract
 */
public record BinanceConfiguration(int venue, List<String> linear, SortedMap<String, Amount> inverse)
        implements Venue.Founding {
    /** Copies the names, and checks the sizes. */
    public BinanceConfiguration {
        linear = List.copyOf(linear);
        inverse = Collections.unmodifiableSortedMap(new TreeMap<>(inverse));
        inverse.forEach((symbol, size) -> {
            if (size.signum() <= 0) {
                throw new IllegalArgumentException("inverse." + symbol + " must be > 0; have " + size);
            }
        });
    }
}
