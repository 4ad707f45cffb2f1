package io.bulwark.adapter.okx;

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
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** OKX v5. An account's address is its number at the venue (uid), which its key must be of. */
public final class OkxVenue implements Venue<OkxVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(OkxDecoder.VENUE, 1, Configuration.class);
    }

    /** Seventy per cent of the documented ten account reads in two seconds. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return new ReadBudget(7, Duration.ofSeconds(2), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; cash and entry prices are read between two equal lists of positions and balances",
                "decimals in quotes; derivatives in contracts, short negative in net mode and by side else; times value and multiplier of the instrument's own row",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new OkxNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(
                profile(founding), new OkxClient(founding, at.keys(), at.transport(kind()), InstantSource.system()));
    }

    /**
     * OKX v5. A key sees its own account alone, so every account has a key.
     *
     * @param venue the venue's permanent number
     * @param indices the venue's index of a risk group, such as {@code BTC-USD}, by the group's name
     * @param swaps families whose perpetuals' marks are read, such as {@code BTC-USDT}
     * @param options families whose options' volatilities and marks are read, such as {@code BTC-USD}
     */
    public record Configuration(int venue, SortedMap<String, String> indices, List<String> swaps, List<String> options)
            implements Venue.Founding {
        /** Copies the names. */
        public Configuration {
            indices = Collections.unmodifiableSortedMap(new TreeMap<>(indices));
            swaps = List.copyOf(swaps);
            options = List.copyOf(options);
            if (!indices.values().containsAll(options)) {
                throw new IllegalArgumentException(
                        "options must be of families whose index is read " + indices.values() + "; have " + options);
            }
        }
    }
}
