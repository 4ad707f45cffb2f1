package io.bulwark.adapter.aave;

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

/** Aave V3, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class AaveAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final AaveConfiguration configuration;
    private final AaveClient client;
    private final AaveNormalizer normalizer;

    /**
     * The adapter of one market.
     *
     * @param configuration the market
     * @param endpoint a JSON-RPC node of its chain
     */
    public AaveAdapter(AaveConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(AaveConfiguration.VENUE, endpoint, configuration.budget());
        this.client =
                new AaveClient(configuration, new EvmNode(AaveConfiguration.VENUE, configuration.chainId(), transport));
        this.normalizer = new AaveNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                AaveConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "balances in token units, supply and debt apart and both >= 0; indexes in ray; prices at the oracle's unit",
                "the pool rounds half up; the house takes supply down and debt up to the token's unit",
                Set.of(EvidenceGrade.STORAGE_PROOF, EvidenceGrade.UNSIGNED),
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
