package io.bulwark.adapter.derive;

import io.bulwark.adapter.Venue;
import java.util.List;

/**
 * Derive, of the second schema or the third.
 *
 * @param venue the venue's permanent number
 * @param schema 2 or 3: how the venue names what signs a request; the answers of both are understood
 * @param settlement the house's name of the asset in which it settles
 * @param perpetuals coins whose perpetuals are read for prices, such as BTC
 * @param options coins and expiries whose options are read for prices, such as {@code BTC-20240531}
 */
public record DeriveConfiguration(
        int venue, int schema, String settlement, List<String> perpetuals, List<String> options)
        implements Venue.Founding {
    /** Copies the names, and checks the schema. */
    public DeriveConfiguration {
        perpetuals = List.copyOf(perpetuals);
        options = List.copyOf(options);
        if (schema != 2 && schema != 3) {
            throw new IllegalArgumentException("schema must be 2 or 3; have " + schema);
        }
    }
}
