package io.bulwark.clearing.account;

import java.util.Objects;

/**
 * An account at a venue, as the venue names it: an address, a subaccount, an API account.
 *
 * @param venue the venue's permanent number
 * @param address the venue's own name of the account; on EVM venues the lower-case 0x address. {@link #MARKET} stands for the
 *     venue's public market data
 */
public record VenueAccount(int venue, String address) {
    /** The pseudo account under which a venue's public market data is read and sealed. */
    public static final String MARKET = "market";

    /** Checks that the account can be named. */
    public VenueAccount {
        Objects.requireNonNull(address, "address");
        if (venue < 0) {
            throw new IllegalArgumentException("venue must be >= 0; have " + venue);
        }
        if (address.isBlank()) {
            throw new IllegalArgumentException("address must not be blank");
        }
    }
}
