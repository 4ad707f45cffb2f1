package io.bulwark.adapter;

import io.bulwark.adapter.VenueException.Category;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The keys with which a venue is read: one for all accounts where the venue lets one client see them, else one for each account, for most exchanges know an account
 * only by its key.
 *
 * @param common reads whatever has no key of its own; empty if every account must have its own
 * @param accounts by the account's address
 */
public record KeyRing(Optional<ReadingKey> common, SortedMap<String, ReadingKey> accounts) {
    /** For recordings. */
    public static final KeyRing RECORDED = of(ReadingKey.RECORDED);

    /** Copies the keys. */
    public KeyRing {
        accounts = Collections.unmodifiableSortedMap(new TreeMap<>(accounts));
    }

    /** One key for all. */
    public static KeyRing of(ReadingKey common) {
        return new KeyRing(Optional.of(common), Collections.emptySortedMap());
    }

    /**
     * The key that reads an account.
     *
     * @param venue names the venue in an error
     * @throws VenueException if there is none: nobody can read it until a key is given
     */
    public ReadingKey of(String venue, String account) throws VenueException {
        ReadingKey key = accounts.getOrDefault(account, common.orElse(null));
        if (key == null) {
            throw new VenueException(venue, Category.HALT, "no key is given that reads account " + account);
        }
        return key;
    }

    /** The accounts, without secrets. */
    @Override
    public String toString() {
        return "KeyRing[common=" + common + ", accounts=" + accounts.keySet() + "]";
    }
}
