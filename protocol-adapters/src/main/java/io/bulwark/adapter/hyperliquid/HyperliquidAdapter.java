package io.bulwark.adapter.hyperliquid;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Hyperliquid's perpetuals. An account's address is its lower-case 0x address; the venue answers for its present only. */
public final class HyperliquidAdapter implements ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    private final HyperliquidConfiguration configuration;
    private final HyperliquidClient client;
    private final HyperliquidNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public HyperliquidAdapter(HyperliquidConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client =
                new HyperliquidClient(new VenueTransport(HyperliquidPayload.VENUE, endpoint, configuration.budget()));
        this.normalizer = new HyperliquidNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                HyperliquidPayload.VENUE,
                1,
                "the venue's own time: an answer is final when it is given",
                "decimals in quotes; sizes in the coin, short negative; position values without sign",
                "none: every digit that is shown counts",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public ExchangeReader reader() {
        return client;
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return normalizer.normalise(raw, listing);
    }
}
