package io.bulwark.adapter.dydx;

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
import java.util.Set;

/** dYdX v4. An account's address is {@code dydx1…/number}: owner and parent subaccount; the indexer answers for its present only. */
public final class DydxVenue implements Venue<DydxVenue.Configuration> {
    @Override
    public Form<Configuration> form() {
        return new Form<>(DydxDecoder.VENUE, 1, Configuration.class);
    }

    /** The indexer documents 100 questions in ten seconds. */
    @Override
    public ReadBudget budget(Configuration founding) {
        return ReadBudget.perSecond(7);
    }

    @Override
    public VenueProfile profile(Configuration founding) {
        return profile(
                founding,
                "the height that the indexer has processed: the chain does not reorganise",
                "decimals in quotes; positions signed with the side beside; assets positive, their sign is the side",
                "entry prices are quotients with twenty places; equity is checked within a millionth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(Configuration founding, RawSnapshot raw, Listing listing) {
        return new DydxNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(Configuration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new DydxClient(at.transport(kind())));
    }

    /**
     * dYdX v4.
     *
     * @param venue the venue's permanent number
     * @param settlement the house's name of the asset in which the venue settles
     */
    public record Configuration(int venue, String settlement) implements Venue.Founding {}
}
