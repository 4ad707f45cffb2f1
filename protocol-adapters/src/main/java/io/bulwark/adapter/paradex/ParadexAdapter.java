package io.bulwark.adapter.paradex;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Paradex. An account's address is that of its Starknet account; the venue answers for its present only. */
public final class ParadexAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public ParadexAdapter(ParadexConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new ParadexClient(
                        configuration, new VenueTransport(ParadexDecoder.VENUE, endpoint, configuration.budget())),
                new ParadexNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(ParadexConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                ParadexDecoder.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; balances are read between two equal lists of positions",
                "decimals in quotes; sizes signed with the side beside, in the coin; sequence numbers grow by more than one",
                "costs are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
