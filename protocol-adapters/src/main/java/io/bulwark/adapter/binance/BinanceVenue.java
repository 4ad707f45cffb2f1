package io.bulwark.adapter.binance;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Binance portfolio margin. An account's address is the name under which its key is kept, its number at the venue: no answer repeats it.
 */
public final class BinanceVenue implements Venue<BinanceVenue.Configuration> {
    /**
     * Binance portfolio margin. A key sees its own account alone, so every account has a key.
     *
     * @param venue the venue's permanent number
     * @param linear USD-margined perpetuals whose index and mark are read, such as {@code BTCUSDT}; the first of a risk group gives its
     *     index
     * @param inverse coin-margined perpetuals that may be held and whose mark is read, such as {@code BTCUSD_PERP}, with the USD of one
     *     contract
     */
    public record Configuration(int venue, List<String> linear, SortedMap<String, Amount> inverse)
            implements Venue.Founding {
        /** Copies the names, and checks the sizes. */
        public Configuration {
            linear = List.copyOf(linear);
            inverse = Collections.unmodifiableSortedMap(new TreeMap<>(inverse));
            inverse.forEach((symbol, size) -> {
                if (size.signum() <= 0) {
                    throw new IllegalArgumentException("inverse." + symbol + " must be > 0; have " + size);
                }
            });
        }
    }

    @Override
    public Form<Configuration> form() {
        return new Form<>(BinanceDecoder.VENUE, 1, Configuration.class);
    }

    /** Seventy per cent of 6,000 weight a minute and address; how much of a minute is used the venue's own headers say. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return new ReadBudget(4_200, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; balances are read between two equal lists of positions",
                "decimals in quotes; sizes signed, in the coin, of coin-margined contracts in contracts of so many USD",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new BinanceNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new BinanceClient(founding, at, InstantSource.system()));
    }
}
