package io.bulwark.adapter.deribit;

import io.bulwark.adapter.Venue;
import java.util.List;

/**
 * Deribit, read through one client whose key may see the subaccounts of the house.
 *
 * @param venue the venue's permanent number
 * @param currencies the currencies whose options are read for prices, such as BTC
 */
public record DeribitConfiguration(int venue, List<String> currencies) implements Venue.Founding {
    /** Copies the currencies. */
    public DeribitConfiguration {
        currencies = List.copyOf(currencies);
    }
}
