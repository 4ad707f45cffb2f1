package io.bulwark.adapter.lyra;

import com.esaulpaugh.headlong.abi.Tuple;
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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asks a node for all that is needed of an account, everything at one block hash, in three round trips. */
final class LyraClient implements BlockReader {
    private final LyraConfiguration configuration;
    private final LyraCalls calls;
    private final EvmNode node;

    LyraClient(LyraConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new LyraCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> market(Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.marketOpening(), block.hash()));
        BigInteger[] boards = EvmAnswers.of(LyraConfiguration.VENUE, block, readings)
                .tuple(calls.liveBoards())
                .get(0);
        readings.addAll(node.call(Arrays.stream(boards).map(calls::board).toList(), block.hash()));
        EvmAnswers answers = EvmAnswers.of(LyraConfiguration.VENUE, block, readings);
        List<EvmCall> strikes = new ArrayList<>();
        for (BigInteger board : boards) {
            Tuple details = answers.tuple(calls.board(board)).get(0);
            Arrays.stream(details.<BigInteger[]>get(4)).map(calls::strike).forEach(strikes::add);
        }
        readings.addAll(node.call(strikes, block.hash()));
        return readings;
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.accountOpening(user), block.hash()));
        List<LyraPayload.Position> positions =
                LyraPayload.positions(calls, EvmAnswers.of(LyraConfiguration.VENUE, block, readings), user);
        readings.addAll(node.call(calls.strikes(LyraPayload.strikes(positions)), block.hash()));
        if (configuration.proofs()) {
            LyraPayload payload = LyraPayload.of(calls, EvmAnswers.of(LyraConfiguration.VENUE, block, readings), user);
            readings.addAll(node.ask(List.of(
                    new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)),
                    new Question(StorageProof.METHOD, LyraEvidence.token(configuration, payload, user, block)),
                    new Question(StorageProof.METHOD, LyraEvidence.market(configuration, payload, block)))));
        }
        return readings;
    }
}
