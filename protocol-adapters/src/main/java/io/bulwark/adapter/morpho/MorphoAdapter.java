package io.bulwark.adapter.morpho;

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

/** Morpho Blue, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class MorphoAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final MorphoConfiguration configuration;
    private final MorphoClient client;
    private final MorphoNormalizer normalizer;

    /**
     * The adapter of one contract.
     *
     * @param configuration its markets
     * @param endpoint a JSON-RPC node of its chain
     */
    public MorphoAdapter(MorphoConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(MorphoConfiguration.VENUE, endpoint, configuration.budget());
        EvmNode node = new EvmNode(MorphoConfiguration.VENUE, configuration.chainId(), transport);
        this.client = new MorphoClient(configuration, node);
        this.normalizer = new MorphoNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                MorphoConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "collateral in token units; supply and debt as shares of a market's totals; all >= 0",
                "supply down and debt up to the token's unit, as the contract rounds them; interest expected to the block's time",
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
