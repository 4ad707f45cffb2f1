package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Hyperliquid's perpetuals. An account's address is its lower-case 0x address; the venue answers for its present only. */
public final class HyperliquidAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public HyperliquidAdapter(HyperliquidConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new HyperliquidClient(new VenueTransport(HyperliquidDecoder.VENUE, endpoint, configuration.budget())),
                new HyperliquidNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(HyperliquidConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                HyperliquidDecoder.VENUE,
                1,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative; position values without sign",
                "none: every digit that is shown counts",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
