package io.bulwark.api.inquiry;

import io.bulwark.insurance.vault.Vault;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the books say about the fund beside an epoch.
 *
 * @param members who stands behind each account of the epoch, by number
 * @param vault what members have in the fund now
 * @param houseCapital what the house itself has in it now, u = 10⁻⁴ USD
 */
public record FundBook(SortedMap<Integer, String> members, Vault vault, long houseCapital) {
    /** Copies the members. */
    public FundBook {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }
}
