package io.bulwark.adapter.uniswap;

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

/** Positions of Uniswap v3 pools, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class UniswapAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final UniswapConfiguration configuration;
    private final UniswapClient client;
    private final UniswapNormalizer normalizer;

    /**
     * The adapter of one deployment.
     *
     * @param configuration its pools
     * @param endpoint a JSON-RPC node of its chain
     */
    public UniswapAdapter(UniswapConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(UniswapConfiguration.VENUE, endpoint, configuration.budget());
        EvmNode node = new EvmNode(UniswapConfiguration.VENUE, configuration.chainId(), transport);
        this.client = new UniswapClient(configuration, node);
        this.normalizer = new UniswapNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                UniswapConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "liquidity between two ticks, coins owed in token units; all >= 0",
                "down to the token's unit, at most what the position is worth at any price within its pool's range",
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
