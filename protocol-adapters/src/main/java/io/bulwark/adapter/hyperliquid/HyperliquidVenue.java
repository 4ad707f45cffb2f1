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
public final class HyperliquidVenue implements Venue<HyperliquidConfiguration> {
    @Override
    public Form<HyperliquidConfiguration> form() {
        return new Form<>(HyperliquidDecoder.VENUE, 1, HyperliquidConfiguration.class);
    }

    /** The venue documents 1,200 weight a minute. */
    @Override
    public ReadBudget budget(HyperliquidConfiguration founding) {
        return ReadBudget.perMinute(800);
    }

    @Override
    public VenueProfile profile(HyperliquidConfiguration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative; position values without sign",
                "none: every digit that is shown counts",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(HyperliquidConfiguration founding, RawSnapshot raw, Listing listing) {
        return new HyperliquidNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(HyperliquidConfiguration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new HyperliquidClient(at.transport(kind())));
    }
}
