package io.bulwark.adapter.okx;

import io.bulwark.adapter.Venue;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * OKX v5. A key sees its own account alone, so every account has a key.
 *
 * @param venue the venue's permanent number
 * @param indices the venue's index of a risk group, such as {@code BTC-USD}, by the group's name
 * @param swaps families whose perpetuals' marks are read, such as {@code BTC-USDT}
 * @param options families whose options' volatilities and marks are read, such as {@code BTC-USD}
 */
public record OkxConfiguration(int venue, SortedMap<String, String> indices, List<String> swaps, List<String> options)
        implements Venue.Founding {
    /** Copies the names. */
    public OkxConfiguration {
        indices = Collections.unmodifiableSortedMap(new TreeMap<>(indices));
        swaps = List.copyOf(swaps);
        options = List.copyOf(options);
        if (!indices.values().containsAll(options)) {
            throw new IllegalArgumentException(
                    "options must be of families whose index is read " + indices.values() + "; have " + options);
        }
    }
}
