package io.bulwark.house.survey;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.exchange.KeyRing;
import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.ledger.SnapshotIntake.Normalisation;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import io.bulwark.house.founding.FoundingFile;
import io.bulwark.house.founding.VenueConnection;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** What the bytes of every venue of a founding file mean. It asks nobody: the same bytes mean the same in every replay. */
public final class Venues implements AutoCloseable {
    /** Nobody listens on the discard port; a normalizer does not ask. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:9");

    private final Listing listing;
    private final Map<Integer, VenueAdapter> byNumber = new TreeMap<>();

    /** The venues that a founding file connects. */
    public Venues(FoundingFile founding) {
        listing = founding.listing();
        for (VenueConnection connection : founding.connections()) {
            byNumber.put(connection.venue(), connection.open(NOWHERE, KeyRing.RECORDED, ReadBudget.perSecond(1_000)));
        }
    }

    /**
     * What a raw snapshot says.
     *
     * @throws io.bulwark.adapter.PayloadRefused naming field, value and rule
     */
    public VenueSnapshot normalise(RawSnapshot raw) {
        VenueAdapter adapter = byNumber.get(raw.account().venue());
        if (adapter == null) {
            throw new IllegalArgumentException(
                    "venue " + raw.account().venue() + " must be connected; have " + byNumber.keySet());
        }
        return adapter.normalise(raw, listing);
    }

    /** The same, or the refusal that the books keep with the bytes. */
    public Normalisation meaning(RawSnapshot raw) {
        try {
            return new Normalisation.Normalised(normalise(raw));
        } catch (PayloadRefused e) {
            return new Normalisation.Malformed(new Refusal(e.field(), e.value(), e.rule()));
        }
    }

    @Override
    public void close() {
        byNumber.values().forEach(VenueAdapter::close);
    }
}
