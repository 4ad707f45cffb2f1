package io.bulwark.adapter.bybit;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Bybit v5, unified accounts. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it. */
public final class BybitAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public BybitAdapter(BybitConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new BybitClient(
                        configuration,
                        new VenueTransport(BybitDecoder.VENUE, endpoint, configuration.budget()),
                        InstantSource.system()),
                new BybitNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(BybitConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                BybitDecoder.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; the wallet is read between two equal lists of positions",
                "decimals in quotes; sizes without sign beside their side, in the coin, of inverse contracts in USD; volatility as a fraction",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
