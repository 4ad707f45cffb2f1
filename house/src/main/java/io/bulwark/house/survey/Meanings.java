package io.bulwark.house.survey;

import io.bulwark.adapter.ConnectedVenue;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.document.CanonicalException;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.observation.Observations;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.founding.FoundingFile;
import java.util.Map;
import java.util.Optional;
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
        return Observations.isSealed(raw) ? observed(venue, raw) : venue.meaning(raw, listing);
    }

    /** What several nodes observed of one account: of each what its own bytes mean, and together what they agree on. */
    private VenueSnapshot observed(ConnectedVenue<?> venue, RawSnapshot raw) {
        try {
            return Observations.meaning(raw, this::understood);
        } catch (CanonicalException e) {
            throw new PayloadRefused(listing.venue(venue.number()).name(), e.field(), e.value(), e.rule());
        }
    }

    /** What the bytes of one observer mean; empty where they mean nothing. */
    public Optional<VenueSnapshot> understood(RawSnapshot raw) {
        try {
            return Optional.of(normalise(raw));
        } catch (PayloadRefused | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
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
