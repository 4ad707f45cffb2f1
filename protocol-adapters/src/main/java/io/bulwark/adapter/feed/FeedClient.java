package io.bulwark.adapter.feed;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.List;

/** Asks a node for every feed and pool at one block hash, in one round trip. */
final class FeedClient implements AutoCloseable {
    private final FeedCalls calls;
    private final EvmNode node;

    FeedClient(FeedConfiguration configuration, EvmNode node) {
        this.calls = new FeedCalls(configuration);
        this.node = node;
    }

    Horizon.Block finalised() throws VenueException {
        return node.finalised();
    }

    List<Reading> market(Horizon.Block block) throws VenueException {
        return node.call(calls.all(), block.hash());
    }

    @Override
    public void close() {
        node.close();
    }
}
