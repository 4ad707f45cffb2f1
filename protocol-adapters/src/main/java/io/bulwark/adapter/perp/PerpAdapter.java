package io.bulwark.adapter.perp;

import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.BlockVenue;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Perp v2, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class PerpAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(2);

    private final PerpConfiguration configuration;
    private final PerpClient client;
    private final PerpNormalizer normalizer;

    /**
     * The adapter of one exchange.
     *
     * @param configuration the exchange
     * @param endpoint a JSON-RPC node of its chain
     */
    public PerpAdapter(PerpConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(PerpConfiguration.VENUE, endpoint, configuration.budget());
        this.client =
                new PerpClient(configuration, new EvmNode(PerpConfiguration.VENUE, configuration.chainId(), transport));
        this.normalizer = new PerpNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                PerpConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "sizes in the base and notionals in the quote with 18 places, short negative, paid negative; funding > 0 is owed by the account; "
                        + "balances in token units",
                "the venue cuts position values and rounds its account value down; the entry price is cut at 18 places and the rest stays in the balance",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public BlockReader reader() {
        return client;
    }

    @Override
    public Duration blockTime() {
        return BLOCK_TIME;
    }

    @Override
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return normalizer.normalise(raw, listing);
    }
}
