package io.bulwark.adapter.deribit;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Deribit. An account's address is its subaccount's user number; the venue answers for its present only. */
public final class DeribitAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public DeribitAdapter(DeribitConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new DeribitClient(
                        configuration, new VenueTransport(DeribitPayload.VENUE, endpoint, configuration.budget())),
                new DeribitNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(DeribitConfiguration configuration) {
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
}
