package io.bulwark.adapter.perp;

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

/** Perp v2, read at finalised blocks. An account's address is its lower-case 0x address. */
public final class PerpAdapter implements VenueAdapter {
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
    public Horizon finalised() throws VenueException {
        return client.finalised();
    }

    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) throws VenueException {
        String user = EvmAddress.require("account", account.address());
        return new RawSnapshot(
                account, horizon, client.account(user, EvmAnswers.block(PerpConfiguration.VENUE, horizon)));
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        VenueAccount market = new VenueAccount(configuration.venue(), VenueAccount.MARKET);
        return new RawSnapshot(market, horizon, client.market(EvmAnswers.block(PerpConfiguration.VENUE, horizon)));
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
