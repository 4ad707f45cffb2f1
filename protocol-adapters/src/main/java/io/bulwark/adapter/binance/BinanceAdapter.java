package io.bulwark.adapter.binance;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.exchange.ExchangeReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Binance portfolio margin. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it. */
public final class BinanceAdapter implements ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    private final BinanceConfiguration configuration;
    private final BinanceClient client;
    private final BinanceNormalizer normalizer;

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint scheme, host and port, without a path; of a host that begins with papi the markets answer under fapi and dapi
     */
    public BinanceAdapter(BinanceConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        this.client = new BinanceClient(configuration, endpoint, InstantSource.system());
        this.normalizer = new BinanceNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
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
