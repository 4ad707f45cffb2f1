package io.bulwark.adapter.derive;

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
import java.util.List;
import java.util.Set;

/**
 * Derive. An account's address is {@code 0x…/number}: the wallet on the venue's chain and the subaccount; the venue answers for its
 * present only.
 */
public final class DeriveVenue implements Venue<DeriveVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(DeriveDecoder.VENUE, 1, Configuration.class);
    }

    /** Seventy per cent of five questions a second, the venue's windows being of five seconds. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return new ReadBudget(17, Duration.ofSeconds(5), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; assets and positions come in one answer, dated by the time asked before",
                "decimals in quotes; amounts signed, in the coin; prices in USD; volatility as a fraction; margins net of what they require",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new DeriveNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(
                profile(founding), new DeriveClient(founding, at.keys(), at.transport(kind()), InstantSource.system()));
    }

    /**
     * Derive, of the second schema or the third.
     *
     * @param venue the venue's permanent number
     * @param schema 2 or 3: how the venue names what signs a request; the answers of both are understood
     * @param settlement the house's name of the asset in which it settles
     * @param perpetuals coins whose perpetuals are read for prices, such as BTC
     * @param options coins and expiries whose options are read for prices, such as {@code BTC-20240531}
     */
    public record Configuration(int venue, int schema, String settlement, List<String> perpetuals, List<String> options)
            implements Venue.Founding {
        /** Copies the names, and checks the schema. */
        public Configuration {
            perpetuals = List.copyOf(perpetuals);
            options = List.copyOf(options);
            if (schema != 2 && schema != 3) {
                throw new IllegalArgumentException("schema must be 2 or 3; have " + schema);
            }
        }
    }
}
