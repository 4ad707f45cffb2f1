package io.bulwark.adapter.bybit;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.exchange.KeyRing;
import java.util.List;

/**
 * Bybit v5, unified accounts. A key sees its own account alone, so every account has a key.
 *
 * @param venue the venue's permanent number
 * @param settlements the coins in which linear contracts settle that are asked for, such as USDT and USDC
 * @param linear linear contracts whose index and mark are read, such as {@code BTCUSDT}; the first of a risk group gives its index
 * @param inverse inverse contracts whose mark is read, such as {@code BTCUSD}
 * @param options coins whose options' volatilities and marks are read, such as BTC
 * @param keys with the permission to read, by account
 * @param budget how often it may be asked
 */
public record BybitConfiguration(
        int venue,
        List<String> settlements,
        List<String> linear,
        List<String> inverse,
        List<String> options,
        KeyRing keys,
        ReadBudget budget) {
    /** Copies the names. */
    public BybitConfiguration {
        settlements = List.copyOf(settlements);
        linear = List.copyOf(linear);
        inverse = List.copyOf(inverse);
        options = List.copyOf(options);
    }

    /** Seventy per cent of the documented fifty account reads a second; what is left of it the venue's own headers say. */
    public static ReadBudget documentedBudget() {
        return ReadBudget.perSecond(35);
    }
}
