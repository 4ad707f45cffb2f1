package io.bulwark.adapter.feed;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;

/** Asks a node for every feed and pool in one round trip. */
final class FeedClient implements BlockReader {
    private final FeedCalls calls;

    FeedClient(FeedVenue.Configuration configuration) {
        this.calls = new FeedCalls(configuration);
    }

    /** Feeds hold nothing. */
    @Override
    public void account(String user, BlockInquiry at) {
        throw new PayloadRefused(FeedVenue.KIND, "account", user, "must not be asked of feeds: they hold nothing");
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.all());
    }
}
