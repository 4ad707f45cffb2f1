package io.bulwark.adapter.dydx;

import io.bulwark.adapter.Venue;

/**
 * dYdX v4.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which the venue settles
 */
public record DydxConfiguration(int venue, String settlement) implements Venue.Founding {}
