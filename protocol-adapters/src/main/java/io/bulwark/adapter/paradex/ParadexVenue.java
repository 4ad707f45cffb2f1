package io.bulwark.adapter.paradex;

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
import java.util.List;
import java.util.Set;

/** Paradex. An account's address is that of its Starknet account; the venue answers for its present only. */
public final class ParadexVenue implements Venue<ParadexVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(ParadexDecoder.VENUE, 1, Configuration.class);
    }

    /** Seventy per cent of 600 private reads a minute. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return new ReadBudget(420, Duration.ofMinutes(1), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; balances are read between two equal lists of positions",
                "decimals in quotes; sizes signed with the side beside, in the coin; sequence numbers grow by more than one",
                "costs are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new ParadexNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new ParadexClient(founding, at.keys(), at.transport(kind())));
    }

    /**
     * Paradex. A token sees its own account alone, so every account has one; it lives for minutes, and whoever holds the Stark key of the account makes the next.
     *
     * @param venue the venue's permanent number
     * @param settlement the house's name of the asset in which the venue settles
     * @param markets perpetuals whose prices are read, such as {@code BTC-USD-PERP}; the first of a risk group gives its index
     */
    public record Configuration(int venue, String settlement, List<String> markets) implements Venue.Founding {
        /** Copies the names. */
        public Configuration {
            markets = List.copyOf(markets);
        }
    }
}
