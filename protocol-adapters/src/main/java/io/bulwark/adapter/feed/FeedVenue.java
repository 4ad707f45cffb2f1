package io.bulwark.adapter.feed;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.evm.BlockVenue;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.time.Duration;
import java.util.Set;

/** Prices of a chain, read at finalised blocks. */
public final class FeedVenue implements Venue<FeedConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(12);

    @Override
    public String kind() {
        return FeedConfiguration.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<FeedConfiguration> founding() {
        return FeedConfiguration.class;
    }

    @Override
    public ReadBudget budget(FeedConfiguration founding) {
        return EvmNode.BUDGET;
    }

    @Override
    public VenueProfile profile(FeedConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "prices in USD per unit of the subject",
                "answers keep every digit; an average has eighteen",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(FeedConfiguration founding, RawSnapshot raw, Listing listing) {
        return new FeedNormalizer(founding).normalise(raw);
    }

    @Override
    public VenueReader open(FeedConfiguration founding, Endpoint at) {
        return new BlockVenue(
                profile(founding), new FeedClient(founding, EvmNode.of(kind(), founding.chainId(), at)), PACE);
    }
}
