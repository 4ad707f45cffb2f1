package io.bulwark.adapter.drift;

import io.bulwark.adapter.Venue;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Drift v2, read from its accounts on Solana by a node. An account names markets by their index alone, so what each index is stands here.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which perpetuals settle
 * @param spot spot markets in which an account may hold or owe something, by index
 * @param perpetuals perpetual markets in which an account may have a position, by index
 */
public record DriftConfiguration(
        int venue, String settlement, SortedMap<Integer, Spot> spot, SortedMap<Integer, Perpetual> perpetuals)
        implements Venue.Founding {
    /** What one question of the node may name, less the clock and the user. */
    private static final int MARKETS_MAX = 98;

    /** Copies the markets, and checks their number. */
    public DriftConfiguration {
        spot = Collections.unmodifiableSortedMap(new TreeMap<>(spot));
        perpetuals = Collections.unmodifiableSortedMap(new TreeMap<>(perpetuals));
        if (spot.size() + perpetuals.size() > MARKETS_MAX) {
            throw new IllegalArgumentException("markets must be at most " + MARKETS_MAX
                    + ", which one answer holds; have " + (spot.size() + perpetuals.size()));
        }
    }

    /**
     * A spot market.
     *
     * @param account its account's address
     * @param asset the house's name of its token
     */
    public record Spot(String account, String asset) {}

    /**
     * A perpetual market.
     *
     * @param account its account's address
     * @param symbol under which its perpetual is listed, which must be the name in its account
     */
    public record Perpetual(String account, String symbol) {}
}
