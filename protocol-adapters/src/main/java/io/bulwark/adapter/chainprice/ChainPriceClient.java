package io.bulwark.adapter.chainprice;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;

/** Asks a node for every feed and pool in one round trip. */
final class ChainPriceClient implements BlockReader {
    private final ChainPriceCalls calls;

    ChainPriceClient(ChainPriceVenue.Configuration configuration) {
        this.calls = new ChainPriceCalls(configuration);
    }

    /** Feeds hold nothing. */
    @Override
    public void account(String user, BlockInquiry at) {
        throw new PayloadRefused(
                ChainPriceVenue.KIND, "account", user, "must not be asked of feeds: they hold nothing");
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.all());
    }
}
