package io.bulwark.adapter.binance;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/** Binance portfolio margin. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it. */
public final class BinanceVenue implements Venue<BinanceConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(5);

    @Override
    public String kind() {
        return BinanceFacts.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<BinanceConfiguration> founding() {
        return BinanceConfiguration.class;
    }

    /** Seventy per cent of 6,000 weight a minute and address; how much of a minute is used the venue's own headers say. */
    @Override
    public ReadBudget budget(BinanceConfiguration founding) {
        return new ReadBudget(4_200, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(BinanceConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the venue's own time: an answer is final when it is given; balances are read between two equal lists of positions",
                "decimals in quotes; sizes signed, in the coin, of coin-margined contracts in contracts of so many USD",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(BinanceConfiguration founding, RawSnapshot raw, Listing listing) {
        return new BinanceNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(BinanceConfiguration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new BinanceClient(founding, at, InstantSource.system()), PACE);
    }
}
