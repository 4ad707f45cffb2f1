package io.bulwark.api.cycle;

import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.recording.BundledVenues;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the bytes of every venue mean. It asks nobody: the same bytes mean the same in every replay. */
final class Venues {
    /** Nobody listens on the discard port; a normalizer does not ask. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private static final Map<Integer, VenueAdapter> BY_NUMBER = BundledVenues.adapters(name -> NOWHERE).stream()
            .collect(Collectors.toMap(a -> a.profile().venue(), Function.identity()));

    private Venues() {}

    /**
     * What a raw snapshot says.
     *
     * @throws io.bulwark.adapter.PayloadRefused naming field, value and rule
     */
    static VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        VenueAdapter adapter = BY_NUMBER.get(raw.account().venue());
        if (adapter == null) {
            throw new IllegalArgumentException(
                    "venue " + raw.account().venue() + " must have an adapter; have " + BY_NUMBER.keySet());
        }
        return adapter.normalise(raw, listing);
    }
}
