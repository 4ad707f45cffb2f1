package io.bulwark.adapter;

import io.bulwark.adapter.exchange.ExchangeHouse;
import io.bulwark.adapter.recording.BundledVenues;
import io.bulwark.adapter.recording.RecordedVenues;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Every account and every market of the demonstration, read once over HTTP from the recordings. */
public final class RecordedSnapshots {
    /** What the house lists. */
    public static final Listing LISTING = DemoHouse.listing(DemoHouse.FILE);

    private static final List<OpenVenue> ADAPTERS;
    private static final List<RawSnapshot> ALL;

    static {
        try (RecordedVenues venues = RecordedVenues.bundled()) {
            ADAPTERS = BundledVenues.adapters(venues::endpoint);
            ALL = readAll();
        } catch (IOException | VenueException e) {
            throw new IllegalStateException(e);
        }
    }

    private RecordedSnapshots() {}

    /**
     * A snapshot with the one who understands it.
     *
     * @param raw its bytes
     * @param adapter of its venue
     * @param listing of its house
     */
    public record Recorded(RawSnapshot raw, OpenVenue adapter, Listing listing) {
        /** What it says. */
        public VenueSnapshot normalised() {
            return adapter.normalise(raw, listing);
        }

        /** Other bytes of the same venue and house. */
        public Recorded with(RawSnapshot other) {
            return new Recorded(other, adapter, listing);
        }

        /** Whose it is. */
        @Override
        public String toString() {
            return adapter.profile().name() + " " + raw.account().address();
        }
    }

    /** Every recorded snapshot of every house: the demonstration's, and that of the exchanges. */
    public static List<Recorded> ofEveryVenue() {
        List<Recorded> every = new ArrayList<>();
        ALL.forEach(raw -> every.add(new Recorded(raw, adapter(raw), LISTING)));
        every.addAll(ExchangeHouse.all());
        return every;
    }

    /** All raw snapshots: accounts first, then markets. */
    public static List<RawSnapshot> all() {
        return ALL;
    }

    /** The adapter of a snapshot's venue. */
    public static OpenVenue adapter(RawSnapshot raw) {
        return ADAPTERS.get(raw.account().venue());
    }

    /** What a snapshot says. */
    public static VenueSnapshot normalised(RawSnapshot raw) {
        return adapter(raw).normalise(raw, LISTING);
    }

    /** The snapshot of one venue account. */
    public static RawSnapshot of(int venue, String address) {
        return ALL.stream()
                .filter(raw -> raw.account().equals(new VenueAccount(venue, address)))
                .findFirst()
                .orElseThrow();
    }

    private static List<RawSnapshot> readAll() throws VenueException {
        List<RawSnapshot> all = new ArrayList<>();
        for (VenueAccount account : DemoHouse.venueAccounts(DemoHouse.FILE)) {
            OpenVenue adapter = ADAPTERS.get(account.venue());
            all.add(adapter.read(account, adapter.finalised()));
        }
        for (OpenVenue adapter : ADAPTERS) {
            Horizon horizon = adapter.finalised();
            all.add(adapter.market(horizon));
        }
        return List.copyOf(all);
    }
}
