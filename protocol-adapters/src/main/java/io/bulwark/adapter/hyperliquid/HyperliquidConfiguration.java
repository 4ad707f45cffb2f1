package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.Venue;

/**
 * Hyperliquid.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 */
public record HyperliquidConfiguration(int venue, String settlement) implements Venue.Founding {}
