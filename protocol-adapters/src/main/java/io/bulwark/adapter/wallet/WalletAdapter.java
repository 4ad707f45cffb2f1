package io.bulwark.adapter.wallet;

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

/** Tokens that an address holds, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class WalletAdapter implements BlockVenue {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final WalletConfiguration configuration;
    private final WalletClient client;
    private final WalletNormalizer normalizer;

    /**
     * The adapter of one chain.
     *
     * @param configuration its tokens
     * @param endpoint a JSON-RPC node of its chain
     */
    public WalletAdapter(WalletConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(WalletConfiguration.VENUE, endpoint, configuration.budget());
        EvmNode node = new EvmNode(WalletConfiguration.VENUE, configuration.chainId(), transport);
        this.client = new WalletClient(configuration, node);
        this.normalizer = new WalletNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                WalletConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "balances in token units, >= 0; what a share holds in the underlying's units",
                "balances are whole units; what a share holds is rounded down by its contract",
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
