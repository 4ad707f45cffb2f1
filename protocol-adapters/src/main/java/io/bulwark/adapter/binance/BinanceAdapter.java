package io.bulwark.adapter.binance;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Binance portfolio margin. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it. */
public final class BinanceAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path; of a host that begins with papi the markets answer under fapi and dapi
     */
    public BinanceAdapter(BinanceConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new BinanceClient(configuration, endpoint, InstantSource.system()),
                new BinanceNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(BinanceConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                BinanceFacts.VENUE,
                1,
                "the venue's own time: an answer is final when it is given; balances are read between two equal lists of positions",
                "decimals in quotes; sizes signed, in the coin, of coin-margined contracts in contracts of so many USD",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
