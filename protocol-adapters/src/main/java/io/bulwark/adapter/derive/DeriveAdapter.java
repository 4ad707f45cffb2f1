package io.bulwark.adapter.derive;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Derive. An account's address is {@code 0x…/number}: the wallet on the venue's chain and the subaccount; the venue answers for its present only. */
public final class DeriveAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public DeriveAdapter(DeriveConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new DeriveClient(
                        configuration,
                        new VenueTransport(DerivePayload.VENUE, endpoint, configuration.budget()),
                        InstantSource.system()),
                new DeriveNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(DeriveConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                DerivePayload.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; assets and positions come in one answer, dated by the time asked before",
                "decimals in quotes; amounts signed, in the coin; prices in USD; volatility as a fraction; margins net of what they require",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
