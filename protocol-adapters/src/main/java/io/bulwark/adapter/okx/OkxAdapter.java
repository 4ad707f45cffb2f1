package io.bulwark.adapter.okx;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** OKX v5. An account's address is its number at the venue (uid), which its key must be of. */
public final class OkxAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path
     */
    public OkxAdapter(OkxConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new OkxClient(
                        configuration,
                        new VenueTransport(OkxDecoder.VENUE, endpoint, configuration.budget()),
                        InstantSource.system()),
                new OkxNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(OkxConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                OkxDecoder.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; cash and entry prices are read between two equal lists of positions and balances",
                "decimals in quotes; derivatives in contracts, short negative in net mode and by side else; times value and multiplier of the instrument's own row",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
