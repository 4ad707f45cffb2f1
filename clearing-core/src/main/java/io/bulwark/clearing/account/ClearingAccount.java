package io.bulwark.clearing.account;

import java.util.List;
import java.util.Objects;

/**
 * One account of the house: the venue accounts whose holdings are margined together.
 *
 * @param number its permanent number, its place in the account tree; 0 to 2³¹ − 1
 * @param name how people call it
 * @param member the clearing member that stands behind it; affiliates share one name
 * @param venueAccounts the linked venue accounts, each linked to no other clearing account
 */
public record ClearingAccount(int number, String name, String member, List<VenueAccount> venueAccounts) {
    /** Copies the links. */
    public ClearingAccount {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(member, "member");
        venueAccounts = List.copyOf(venueAccounts);
        if (number < 0) {
            throw new IllegalArgumentException("number must be >= 0; have " + number);
        }
    }
}
