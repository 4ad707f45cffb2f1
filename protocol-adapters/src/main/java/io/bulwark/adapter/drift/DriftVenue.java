package io.bulwark.adapter.drift;

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
import java.util.Set;

/** Drift v2 on Solana. An account's address is that of its User account; a node answers for its newest finalised slot only. */
public final class DriftVenue implements Venue<DriftConfiguration> {
    private static final Duration PACE = Duration.ofSeconds(5);

    @Override
    public String kind() {
        return DriftFacts.VENUE;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DriftConfiguration> founding() {
        return DriftConfiguration.class;
    }

    /** A question a second: nodes differ in what they take, and say so by status 429. */
    @Override
    public ReadBudget budget(DriftConfiguration founding) {
        return ReadBudget.perSecond(1);
    }

    @Override
    public VenueProfile profile(DriftConfiguration founding) {
        return new VenueProfile(
                founding.venue(),
                kind(),
                version(),
                "a finalised slot: the user, its markets and the chain's clock in one answer",
                "bytes: base 1e-9 signed, quote 1e-6 signed, prices 1e-6, spot balances 1e-9 times cumulative interest 1e-10",
                "spot balances down, debts up to the token's unit, as the venue does",
                Set.of(EvidenceGrade.UNSIGNED));
    }

    @Override
    public VenueSnapshot meaning(DriftConfiguration founding, RawSnapshot raw, Listing listing) {
        return new DriftNormalizer(founding).normalise(raw, listing);
    }

    @Override
    public VenueReader open(DriftConfiguration founding, Endpoint at) {
        return new ExchangeVenue(profile(founding), new DriftClient(founding, at.transport(kind())), PACE);
    }
}
