package io.bulwark.adapter.bybit;

import io.bulwark.adapter.Venue;
import java.util.List;

/**
 * Bybit v5, unified accounts. A key sees its own account alone, so every account has a key.
 *
 * @param venue the venue's permanent number
 * @param settlements the coins in which linear contracts settle that are asked for, such as USDT and USDC
 * @param linear linear contracts whose index and mark are read, such as {@code BTCUSDT}; the first of a risk group gives its index
 * @param inverse inverse contracts whose mark is read, such as {@code BTCUSD}
 * @param options coins whose options' volatilities and marks are read, such as BTC
 */
public record BybitConfiguration(
        int venue, List<String> settlements, List<String> linear, List<String> inverse, List<String> options)
        implements Venue.Founding {
    /** Copies the names. */
    public BybitConfiguration {
        settlements = List.copyOf(settlements);
        linear = List.copyOf(linear);
        inverse = List.copyOf(inverse);
        options = List.copyOf(options);
    }
}
