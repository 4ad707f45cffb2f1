package io.bulwark.adapter.dydx;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** dYdX v4. An account's address is {@code dydx1…/number}: owner and parent subaccount; the indexer answers for its present only. */
public final class DydxAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(2);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port of an indexer, without a path
     */
    public DydxAdapter(DydxConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new DydxClient(new VenueTransport(DydxDecoder.VENUE, endpoint, configuration.budget())),
                new DydxNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(DydxConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                DydxDecoder.VENUE,
                1,
                "the height that the indexer has processed: the chain does not reorganise",
                "decimals in quotes; positions signed with the side beside; assets positive, their sign is the side",
                "entry prices are quotients with twenty places; equity is checked within a millionth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
