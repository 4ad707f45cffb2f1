package com.acme.marks;

import io.bulwark.adapter.Venue;
import java.util.List;

/**
 * What a founding file says of Acme.
 *
 * @param venue the venue's permanent number
 * @param settlement the house's name of the asset in which it settles
 * @param markets perpetuals whose prices are read
 */
public record AcmeFounding(int venue, String settlement, List<String> markets) implements Venue.Founding {
    /** Copies the names. */
    public AcmeFounding {
        markets = List.copyOf(markets);
    }
}
