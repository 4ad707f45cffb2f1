package io.bulwark.adapter.morpho;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmAddress;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;

/** Morpho Blue, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class MorphoAdapter implements VenueAdapter {
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
    public Horizon finalised() throws VenueException {
        return client.finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        String user = EvmAddress.require("account", account.address());
        return new RawSnapshot(
                account, horizon, client.account(user, EvmAnswers.block(MorphoConfiguration.VENUE, horizon)));
    }

    /** A market's oracle prices one token in another, never in USD, so the venue reports no price. */
    @Override
    public RawSnapshot market(Horizon horizon) {
        return new RawSnapshot(new VenueAccount(configuration.venue(), VenueAccount.MARKET), horizon, List.of());
    }

    @Override
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return normalizer.normalise(raw, listing);
    }

    @Override
    public Flow.Publisher<VenueChange> changes(VenueAccount account, Horizon after) {
        return new Doorbell(this, account, after, BLOCK_TIME);
    }

    @Override
    public void close() {
        client.close();
    }
}
