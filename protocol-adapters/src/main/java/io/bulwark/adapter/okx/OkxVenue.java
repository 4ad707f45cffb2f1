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
import java.util.Set;

/** OKX v5. An account's address is its number at the venue (uid), which its key must be of. */
public final class OkxVenue implements Venue<OkxConfiguration> {
    @Override
    public Form<OkxConfiguration> form() {
        return new Form<>(OkxDecoder.VENUE, 1, OkxConfiguration.class);
    }

    /** Seventy per cent of the documented ten account reads in two seconds. */
    @Override
    public ReadBudget budget(OkxConfiguration founding) {
        return new ReadBudget(7, Duration.ofSeconds(2), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(OkxConfiguration founding) {
        return profile(
                founding,
                "the venue's own time: an answer is final when it is given; cash and entry prices are read between two equal lists of positions and balances",
                "decimals in quotes; derivatives in contracts, short negative in net mode and by side else; times value and multiplier of the instrument's own row",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(OkxConfiguration founding, RawSnapshot raw, Listing listing) {
        return new OkxNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(OkxConfiguration founding, Endpoint at) {
        return new ExchangeVenue(
                profile(founding), new OkxClient(founding, at.keys(), at.transport(kind()), InstantSource.system()));
    }
}
