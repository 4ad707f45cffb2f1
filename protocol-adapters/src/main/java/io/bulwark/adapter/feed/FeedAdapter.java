package io.bulwark.adapter.feed;

import io.bulwark.adapter.Doorbell;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.VenueChange;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueProfile;
import io.bulwark.adapter.VenueTransport;
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

/** Prices of a chain, read at finalised blocks. */
public final class FeedAdapter implements VenueAdapter {
    private static final Duration BLOCK_TIME = Duration.ofSeconds(12);

    private final FeedConfiguration configuration;
    private final FeedClient client;
    private final FeedNormalizer normalizer;

    /**
     * The adapter of one chain.
     *
     * @param configuration its feeds and pools
     * @param endpoint a JSON-RPC node of its chain
     */
    public FeedAdapter(FeedConfiguration configuration, URI endpoint) {
        this.configuration = configuration;
        VenueTransport transport = new VenueTransport(FeedConfiguration.VENUE, endpoint, configuration.budget());
        EvmNode node = new EvmNode(FeedConfiguration.VENUE, configuration.chainId(), transport);
        this.client = new FeedClient(configuration, node);
        this.normalizer = new FeedNormalizer(configuration);
    }

    @Override
    public VenueProfile profile() {
        return new VenueProfile(
                configuration.venue(),
                FeedConfiguration.VENUE,
                1,
                "the chain's finalised block, by hash; a hash that is no longer canonical voids the read",
                "prices in USD per unit of the subject",
                "answers keep every digit; an average has eighteen",
                Set.of(EvidenceGrade.UNSIGNED),
                configuration.budget());
    }

    @Override
    public Horizon finalised() throws VenueException {
        return client.finalised();
    }

    /** Feeds hold nothing. */
    @Override
    public RawSnapshot read(VenueAccount account, Horizon horizon) {
        throw new PayloadRefused(
                FeedConfiguration.VENUE, "account", account.address(), "must not be asked of feeds: they hold nothing");
    }

    @Override
    public RawSnapshot market(Horizon horizon) throws VenueException {
        VenueAccount market = new VenueAccount(configuration.venue(), VenueAccount.MARKET);
        return new RawSnapshot(market, horizon, client.market(EvmAnswers.block(FeedConfiguration.VENUE, horizon)));
    }

    @Override
    public VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        return normalizer.normalise(raw);
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
