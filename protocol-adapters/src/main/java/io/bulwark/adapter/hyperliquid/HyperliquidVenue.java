package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.Set;

/** Hyperliquid's perpetuals. An account's address is its lower-case 0x address; the venue answers for its present only. */
public final class HyperliquidVenue implements Venue<HyperliquidVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(HyperliquidDecoder.VENUE, 1, Configuration.class);
    }

    /** The venue documents 1,200 weight a minute. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perMinute(800);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative; position values without sign",
                "none: every digit that is shown counts",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new HyperliquidNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new HyperliquidClient(at.transport(kind())));
    }

    /**
     * Hyperliquid.
     *
     * @param venue the venue's permanent number
     * @param settlement the house's name of the asset in which the venue settles
     */
    public record Configuration(int venue, String settlement) implements Venue.Founding {}
}
