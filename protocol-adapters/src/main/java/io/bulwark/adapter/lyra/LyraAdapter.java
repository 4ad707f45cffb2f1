package io.bulwark.adapter.lyra;

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

/** Lyra options, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class LyraAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(2);

    private final LyraConfiguration configuration;
    private final LyraClient client;
    private final LyraNormalizer normalizer;

    /**
     * The adapter of one market.
     *
     * @param configuration the market
     * @param endpoint a JSON-RPC node of its chain
     */
    public LyraAdapter(LyraConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(LyraConfiguration.VENUE, endpoint, configuration.budget());
        this.client =
                new LyraClient(configuration, new EvmNode(LyraConfiguration.VENUE, configuration.chainId(), transport));
        this.normalizer = new LyraNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                LyraConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "amounts in the underlying with 18 places, always > 0: the type says long or short; collateral of a covered call in the base, else in the quote",
                "none: every digit counts",
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
