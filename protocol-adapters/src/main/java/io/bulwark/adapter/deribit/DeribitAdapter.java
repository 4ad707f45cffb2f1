package io.bulwark.adapter.deribit;

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

/** Deribit. An account's address is its subaccount's user number; the venue answers for its present only. */
public final class DeribitAdapter implements ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    private final DeribitConfiguration configuration;
    private final DeribitClient client;
    private final DeribitNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public DeribitAdapter(DeribitConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client = new DeribitClient(
                configuration, new VenueTransport(DeribitPayload.VENUE, endpoint, configuration.budget()));
        this.normalizer = new DeribitNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                DeribitPayload.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; an account is read between two equal lists of positions",
                "JSON numbers; sizes signed, options in the coin, inverse futures in USD; option marks in the coin; volatility in per cent",
                "coins are shown with eight places; equity is checked within four of the last",
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
