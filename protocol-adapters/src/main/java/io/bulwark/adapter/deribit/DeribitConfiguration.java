package io.bulwark.adapter.deribit;

import io.bulwark.adapter.ReadBudget;
import java.util.List;
import java.util.Objects;

/**
 * Deribit, read through one client whose key may see the subaccounts of the house.
 *
 * @param venue the venue's permanent number
 * @param currencies the currencies whose options are read for prices, such as BTC
 * @param clientId of a key with the scopes account:read and trade:read
 * @param clientSecret of that key; never logged
 * @param budget how often it may be asked
 */
public record DeribitConfiguration(
        int venue, List<String> currencies, String clientId, String clientSecret, ReadBudget budget) {
    /** Copies the currencies. */
    public DeribitConfiguration {
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(clientSecret, "clientSecret");
        currencies = List.copyOf(currencies);
    }

    /** Seventy per cent of the documented twenty requests a second: who overruns them loses the session. */
    public static DeribitConfiguration of(int venue, List<String> currencies, String clientId, String clientSecret) {
        return new DeribitConfiguration(venue, currencies, clientId, clientSecret, ReadBudget.perSecond(14));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DeribitConfiguration[venue=" + venue + ", currencies=" + currencies + ", clientId=" + clientId + "]";
    }
}
