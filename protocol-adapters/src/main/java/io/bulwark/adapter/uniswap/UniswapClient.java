package io.bulwark.adapter.uniswap;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Asks a node for a holder's positions, everything at one block hash, in four round trips. */
final class UniswapClient implements BlockReader {
    private final UniswapConfiguration configuration;
    private final UniswapCalls calls;
    private final EvmNode node;

    UniswapClient(UniswapConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new UniswapCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.opening(user), block.hash()));
        readings.addAll(node.call(UniswapPayload.held(calls, answers(block, readings), user), block.hash()));
        List<BigInteger> ids = UniswapPayload.ids(calls, answers(block, readings), user);
        readings.addAll(node.call(ids.stream().map(calls::position).toList(), block.hash()));
        if (configuration.proofs()) {
            List<Question> questions = new ArrayList<>();
            questions.add(new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)));
            questions.add(proof(configuration.manager(), calls.slots(user, ids), block));
            configuration.pools().keySet().forEach(pool -> questions.add(proof(pool, List.of(BigInteger.ZERO), block)));
            readings.addAll(node.ask(questions));
        }
        return readings;
    }

    /** A pool prices one coin in another; what a pool says of a price is {@code adapter.feed}'s. */
    @Override
    public List<Reading> market(Horizon.Block block) {
        return List.of();
    }

    private static Question proof(String contract, List<BigInteger> slots, Horizon.Block block) {
        return new Question(StorageProof.METHOD, StorageProof.parametersAt(contract, slots, block));
    }

    private static EvmAnswers answers(Horizon.Block block, List<Reading> readings) {
        return EvmAnswers.of(UniswapConfiguration.VENUE, block, readings);
    }
}
