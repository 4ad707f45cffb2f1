package io.bulwark.adapter.perp;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.ArrayList;
import java.util.List;

/** Asks a node for all that is needed of an account, everything at one block hash, in two round trips. */
final class PerpClient implements BlockReader {
    private final PerpConfiguration configuration;
    private final PerpCalls calls;
    private final EvmNode node;

    PerpClient(PerpConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new PerpCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> market(Horizon.Block block) throws VenueException {
        return node.call(calls.market(configuration.markets().keySet()), block.hash());
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.accountOpening(user), block.hash()));
        EvmAnswers answers = EvmAnswers.of(PerpConfiguration.VENUE, block, readings);
        readings.addAll(node.call(
                calls.account(
                        user,
                        PerpPayload.address(answers, calls.settlementToken()),
                        PerpPayload.addresses(answers, calls.collateralTokens(user)),
                        PerpPayload.addresses(answers, calls.baseTokens(user))),
                block.hash()));
        return readings;
    }
}
