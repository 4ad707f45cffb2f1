package io.bulwark.adapter.wallet;

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
import java.util.Set;
import java.util.concurrent.Flow;

/** Tokens that an address holds, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class WalletAdapter implements VenueAdapter {
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
    public Horizon finalised() throws VenueException {
        return client.finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        String user = EvmAddress.require("account", account.address());
        return new RawSnapshot(
                account, horizon, client.account(user, EvmAnswers.block(WalletConfiguration.VENUE, horizon)));
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        VenueAccount market = new VenueAccount(configuration.venue(), VenueAccount.MARKET);
        return new RawSnapshot(market, horizon, client.market(EvmAnswers.block(WalletConfiguration.VENUE, horizon)));
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
