package io.bulwark.adapter;

import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;

/**
 * A venue that a test reads, and understands.
 *
 * @param venue as a house connects it
 * @param reader whoever asks it
 */
public record OpenVenue(ConnectedVenue<?> venue, VenueReader reader) implements VenueReader {
    /** A recording, or a chain of the test's own. */
    public static <F extends Venue.Founding> OpenVenue recorded(Venue<F> venue, F founding, URI address) {
        return of(new ConnectedVenue<>(venue, founding), Endpoint.recorded(address));
    }

    /** The same, read with other keys. */
    public static <F extends Venue.Founding> OpenVenue recorded(Venue<F> venue, F founding, KeyRing keys, URI address) {
        Endpoint recorded = Endpoint.recorded(address);
        return of(new ConnectedVenue<>(venue, founding), new Endpoint(recorded.address(), keys, recorded.budget()));
    }

    /** A venue at an endpoint. */
    public static OpenVenue of(ConnectedVenue<?> venue, Endpoint at) {
        return new OpenVenue(venue, venue.open(at));
    }

    /** What a snapshot says. */
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return venue.meaning(raw, listing);
    }

    @Override
    public VenueProfile profile() {
        return reader.profile();
    }

    @Override
    public Horizon finalised() throws VenueException {
        return reader.finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        return reader.read(account, horizon);
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        return reader.market(horizon);
    }

    @Override
    public void close() {
        reader.close();
    }
}
