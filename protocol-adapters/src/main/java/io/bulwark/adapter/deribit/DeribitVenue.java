package io.bulwark.adapter.deribit;

import io.bulwark.adapter.Endpoint;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.ReadingKey;
import io.bulwark.adapter.Venue;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueReader;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.util.List;
import java.util.Set;

/** Deribit. An account's address is its subaccount's user number; the venue answers for its present only. */
public final class DeribitVenue implements Venue<DeribitVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(DeribitDecoder.VENUE, 1, Configuration.class);
    }

    /** The venue documents twenty questions a second, and ends the session of who overruns them. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perSecond(10);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; an account is read between two equal lists of positions",
                "JSON numbers; sizes signed, options in the coin, inverse futures in USD; option marks in the coin; volatility in per cent",
                "coins are shown with eight places; equity is checked within four of the last",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new DeribitNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new DeribitClient(founding, client(at), at.transport(kind())));
    }

    /** One client sees every subaccount. */
    private static ReadingKey client(Endpoint at) {
        return at.keys()
                .common()
                .orElseThrow(() -> new IllegalArgumentException("keys must hold a common one; have " + at.keys()));
    }

    /**
     * Deribit, read through one client whose key may see the subaccounts of the house.
     *
     * @param venue the venue's permanent number
     * @param currencies the currencies whose options are read for prices, such as BTC
     */
    public record Configuration(int venue, List<String> currencies) implements Venue.Founding {
        /** Copies the currencies. */
        public Configuration {
            currencies = List.copyOf(currencies);
        }
    }
}
