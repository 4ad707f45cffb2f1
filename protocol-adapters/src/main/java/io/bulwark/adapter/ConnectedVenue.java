package io.bulwark.adapter;

import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;

/**
 * A venue as one founding file connects it.
 *
 * @param venue its kind
 * @param founding what the file says of it
 * @param <F> the kind's founding record
 */
public record ConnectedVenue<F extends Venue.Founding>(Venue<F> venue, F founding) {
    /** The venue's permanent number. */
    public int number() {
        return founding.venue();
    }

    /** How often the venue may be asked where nobody says otherwise. */
    public ReadBudget budget() {
        return venue.budget(founding);
    }

    /** What a raw snapshot of the venue says, as {@link Venue#meaning} has it. */
    public VenueSnapshot meaning(RawSnapshot raw, Listing listing) {
        return venue.meaning(founding, raw, listing);
    }

    /** Whoever asks the venue, as {@link Venue#open} has it. */
    public VenueReader open(Endpoint at) {
        return venue.open(founding, at);
    }
}
