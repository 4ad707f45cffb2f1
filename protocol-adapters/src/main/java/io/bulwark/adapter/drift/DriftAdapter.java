package io.bulwark.adapter.drift;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.exchange.ExchangeVenue;
import io.bulwark.clearing.position.EvidenceGrade;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Drift v2 on Solana. An account's address is that of its User account; a node answers for its newest finalised slot only. */
public final class DriftAdapter extends ExchangeVenue {
    private static final Duration PACE = Duration.ofSeconds(5);

    /**
     * The adapter.
     *
     * @param configuration the venue
     * @param endpoint a node, with its path if it has one, without a trailing slash
     */
    public DriftAdapter(DriftConfiguration configuration, URI endpoint) {
        super(
                profile(configuration),
                new DriftClient(configuration, new VenueTransport(DriftFacts.VENUE, endpoint, configuration.budget())),
                new DriftNormalizer(configuration)::normalise,
                PACE);
    }

    private static VenueProfile profile(DriftConfiguration configuration) {
        return new VenueProfile(
                configuration.venue(),
                DriftFacts.VENUE,
                1,
                "a finalised slot: the user, its markets and the chain's clock in one answer",
                "bytes: base 1e-9 signed, quote 1e-6 signed, prices 1e-6, spot balances 1e-9 times cumulative interest 1e-10",
                "spot balances down, debts up to the token's unit, as the venue does",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }
}
