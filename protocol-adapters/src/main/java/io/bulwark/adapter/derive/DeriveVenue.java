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
import java.util.Set;

/** Derive. An account's address is {@code 0x…/number}: the wallet on the venue's chain and the subaccount; the venue answers for its present only. */
public final class DeriveVenue implements Venue<DeriveConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(5);

    @Override
    public String kind() {
        return DerivePayload.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DeriveConfiguration> founding() {
        return DeriveConfiguration.class;
    }

    /** Seventy per cent of five questions a second, the venue's windows being of five seconds. */
    @Override
    public ReadBudget budget(DeriveConfiguration founding) {
        return new ReadBudget(17, Duration.ofSeconds(5), Duration.ofSeconds(5), 3, 8 << 20);
    }

    @Override
    public VenueProfile profile(DeriveConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "the venue's own time: an answer is final when it is given; assets and positions come in one answer, dated by the time asked before",
                "decimals in quotes; amounts signed, in the coin; prices in USD; volatility as a fraction; margins net of what they require",
                "gains are checked within a millionth of a position's worth",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(DeriveConfiguration founding, RawSnapshot raw, Listing listing) {
        return new DeriveNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(DeriveConfiguration founding, Endpoint at) {
        return new ExchangeVenue(
                profile(founding),
                new DeriveClient(founding, at.keys(), at.transport(kind()), InstantSource.system()),
                PACE);
    }
}
