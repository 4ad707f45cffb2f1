package io.bulwark.adapter.feed;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;

/** Asks a node for every feed and pool at one block hash, in one round trip. */
final class FeedClient implements BlockReader {
    private final FeedCalls calls;
    private final EvmNode node;

    FeedClient(FeedConfiguration configuration, EvmNode node) {
        this.calls = new FeedCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    /** Feeds hold nothing. */
    @Override
    public List<Reading> account(String user, Horizon.Block block) {
        throw new PayloadRefused(
                FeedConfiguration.VENUE, "account", user, "must not be asked of feeds: they hold nothing");
    }

    @Override
    public List<Reading> market(Horizon.Block block) throws VenueException {
        return node.call(calls.all(), block.hash());
    }
}
