package io.bulwark.adapter.wallet;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockInquiry;
import io.bulwark.adapter.evm.BlockReader;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a node for an address's balances in two round trips. */
record WalletClient(WalletVenue.Configuration configuration, WalletCalls calls) implements BlockReader {
    WalletClient(WalletVenue.Configuration configuration) {
        this(configuration, new WalletCalls(configuration));
    }

    @Override
    public void account(String user, BlockInquiry at) throws VenueException {
        at.call(calls.balances(user));
        if (configuration.proofs()) {
            Map<String, List<BigInteger>> slots = new LinkedHashMap<>();
            configuration.tokens().forEach((token, known) -> slots.put(token, List.of(known.slot(user))));
            at.prove(slots);
        }
    }

    @Override
    public void market(BlockInquiry at) throws VenueException {
        at.call(calls.contents());
    }
}
