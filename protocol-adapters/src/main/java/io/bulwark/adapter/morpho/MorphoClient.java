package io.bulwark.adapter.morpho;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Asks a node for an account's positions, everything at one block hash, in three round trips. */
final class MorphoClient implements BlockReader {
    private final MorphoConfiguration configuration;
    private final MorphoCalls calls;
    private final EvmNode node;

    MorphoClient(MorphoConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new MorphoCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        Set<String> markets = configuration.markets().keySet();
        List<Reading> readings = new ArrayList<>(node.call(calls.opening(markets, user), block.hash()));
        EvmAnswers answers = EvmAnswers.of(MorphoConfiguration.VENUE, block, readings);
        Set<EvmCall> rates = new LinkedHashSet<>();
        for (String market : markets) {
            MorphoPayload.rate(calls, answers, market).ifPresent(rates::add);
        }
        readings.addAll(node.call(List.copyOf(rates), block.hash()));
        if (configuration.proofs()) {
            readings.addAll(node.ask(List.of(
                    new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)),
                    new Question(
                            StorageProof.METHOD,
                            StorageProof.parametersAt(
                                    configuration.morpho(), MorphoCalls.slots(markets, user), block)))));
        }
        return readings;
    }

    /** A market's oracle prices one token in another, never in USD, so the venue reports no price. */
    @Override
    public List<Reading> market(Horizon.Block block) {
        return List.of();
    }
}
