package io.bulwark.adapter.uniswap;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a node for a holder's positions in four round trips. */
record UniswapClient(UniswapVenue.Configuration configuration, UniswapCalls calls) implements BlockReader {
    UniswapClient(UniswapVenue.Configuration configuration) {
        this(configuration, new UniswapCalls(configuration));
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        at.call(calls.opening(user));
        at.call(UniswapPayload.held(calls, at.answers(), user));
        List<BigInteger> ids = UniswapPayload.ids(calls, at.answers(), user);
        at.call(ids.stream().map(calls::position).toList());
        if (configuration.proofs()) {
            Map<String, List<BigInteger>> slots = new LinkedHashMap<>();
            slots.put(configuration.manager(), calls.slots(user, ids));
            configuration.pools().keySet().forEach(pool -> slots.put(pool, List.of(BigInteger.ZERO)));
            at.prove(slots);
        }
    }

    /** A pool prices one coin in another; what a pool says of a price is {@code adapter.chainprice}'s. */
    @Override
    public void market(BlockInquiry at) {}
}
