package io.bulwark.adapter.evm;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a node is asked at one block, and what it has answered so far: the next questions follow from the answers. */
public final class BlockInquiry {
    private final String venue;
    private final EvmNode node;
    private final Horizon.Block block;
    private final List<Reading> readings = new ArrayList<>();

    BlockInquiry(String venue, EvmNode node, Horizon.Block block) {
        this.venue = venue;
        this.node = node;
        this.block = block;
    }

    /**
     * Asks for the answers to view calls, in their order.
     *
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    public void call(List<EvmCall> calls) throws VenueException {
        readings.addAll(node.call(calls, block.hash()));
    }

    /**
     * Asks for the block's header, and for proofs of words of contracts, in the order of the map.
     *
     * @param slots of each contract, by its address
     * @throws VenueException if the node does not answer, or the block left the chain
     */
    public void prove(Map<String, List<BigInteger>> slots) throws VenueException {
        List<Question> questions = new ArrayList<>();
        questions.add(new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)));
        slots.forEach((contract, words) ->
                questions.add(new Question(StorageProof.METHOD, StorageProof.parametersAt(contract, words, block))));
        readings.addAll(node.ask(questions));
    }

    /** The answers so far. */
    public EvmAnswers answers() {
        return new EvmAnswers(venue, block, readings);
    }

    List<Reading> readings() {
        return readings;
    }
}
