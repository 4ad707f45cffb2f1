package io.bulwark.house.survey;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.util.Map;
import java.util.TreeMap;

/** What the bytes of every venue of a founding file mean. It asks nobody: the same bytes mean the same in every replay. */
public final class Meanings {
    private final Listing listing;
    private final Map<Integer, ConnectedVenue<?>> byNumber = new TreeMap<>();

    /** The venues that a founding file connects. */
    public Meanings(FoundingFile founding) {
        listing = founding.listing();
        founding.connections().forEach(venue -> byNumber.put(venue.number(), venue));
    }

    /**
     * What a raw snapshot says.
     *
     * @throws PayloadRefused naming field, value and rule
     */
    public VenueSnapshot normalise(RawSnapshot raw) {
        ConnectedVenue<?> venue = byNumber.get(raw.account().venue());
        if (venue == null) {
            throw new IllegalArgumentException(
                    "venue " + raw.account().venue() + " must be connected; have " + byNumber.keySet());
        }
        return venue.meaning(raw, listing);
    }

    /** The same, or the refusal that the books keep with the bytes. */
    public Normalisation meaning(RawSnapshot raw) {
        try {
            return new Normalisation.Normalised(normalise(raw));
        } catch (PayloadRefused e) {
            return new Normalisation.Malformed(new Refusal(e.field(), e.value(), e.rule()));
        }
    }
}
