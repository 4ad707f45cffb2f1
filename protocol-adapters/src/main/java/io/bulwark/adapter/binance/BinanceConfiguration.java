package io.bulwark.adapter.binance;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.exchange.KeyRing;
import io.bulwark.clearing.money.Amount;
import java.time.Duration;
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
 * @param keys with the permission to read, by account: an HMAC secret, or an Ed25519 key in PKCS#8 (PEM)
 * @param budget how often it may be asked
 */
public record BinanceConfiguration(
        int venue, List<String> linear, SortedMap<String, Amount> inverse, KeyRing keys, ReadBudget budget) {
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

    /** Seventy per cent of 6,000 weight a minute and address; how much of a minute is used the venue's own headers say. */
    public static ReadBudget documentedBudget() {
        return new ReadBudget(4_200, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20);
    }
}
