package io.bulwark.adapter.aave;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.aave.AaveCalls.ReserveTokens;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.evm.EvmCall;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Asks a node for all that is needed of an account, everything at one block hash, in four round trips. */
final class AaveClient implements BlockReader {
    private final AaveConfiguration configuration;
    private final AaveCalls calls;
    private final EvmNode node;

    AaveClient(AaveConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new AaveCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> market(Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.marketOpening(), block.hash()));
        List<String> reserves = AavePayload.reserves(calls, EvmAnswers.of(AaveConfiguration.VENUE, block, readings));
        readings.addAll(node.call(calls.market(reserves), block.hash()));
        return readings;
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.accountOpening(), block.hash()));
        List<String> reserves = AavePayload.reserves(calls, EvmAnswers.of(AaveConfiguration.VENUE, block, readings));
        readings.addAll(node.call(calls.states(reserves, user), block.hash()));
        EvmAnswers answers = EvmAnswers.of(AaveConfiguration.VENUE, block, readings);
        List<EvmCall> balances = new ArrayList<>();
        for (String reserve : reserves) {
            ReserveTokens tokens = AavePayload.tokens(calls, answers, reserve);
            balances.addAll(calls.balances(AavePayload.generation(calls, answers), reserve, tokens, user));
        }
        readings.addAll(node.call(balances, block.hash()));
        if (configuration.proofs()) {
            readings.addAll(node.ask(proofs(reserves, answers, user, block)));
        }
        return readings;
    }

    private List<Question> proofs(List<String> reserves, EvmAnswers answers, String user, Horizon.Block block) {
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)));
        questions.add(proof(
                configuration.pool(), AaveCalls.poolSlots(AavePayload.generation(calls, answers), reserves), block));
        for (String reserve : reserves) {
            ReserveTokens tokens = AavePayload.tokens(calls, answers, reserve);
            questions.add(proof(tokens.supply(), List.of(AaveCalls.supplySlot(user)), block));
            questions.add(proof(tokens.variableDebt(), List.of(AaveCalls.debtSlot(user)), block));
        }
        return questions;
    }

    private static Question proof(String contract, List<BigInteger> slots, Horizon.Block block) {
        return new Question(StorageProof.METHOD, StorageProof.parametersAt(contract, slots, block));
    }
}
