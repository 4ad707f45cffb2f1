package io.bulwark.adapter.wallet;

import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.BlockReader;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.adapter.wallet.WalletConfiguration.Token;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a node for an address's balances, everything at one block hash, in two round trips. */
final class WalletClient implements BlockReader {
    private final WalletConfiguration configuration;
    private final WalletCalls calls;
    private final EvmNode node;

    WalletClient(WalletConfiguration configuration, EvmNode node) {
        this.configuration = configuration;
        this.calls = new WalletCalls(configuration);
        this.node = node;
    }

    @Override
    public EvmNode node() {
        return node;
    }

    @Override
    public List<Reading> account(String user, Horizon.Block block) throws VenueException {
        List<Reading> readings = new ArrayList<>(node.call(calls.balances(user), block.hash()));
        if (configuration.proofs()) {
            List<Question> questions = new ArrayList<>();
            questions.add(new Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)));
            for (Map.Entry<String, Token> token : configuration.tokens().entrySet()) {
                String parameters =
                        StorageProof.parametersAt(token.getKey(), List.of(WalletCalls.slot(token, user)), block);
                questions.add(new Question(StorageProof.METHOD, parameters));
            }
            readings.addAll(node.ask(questions));
        }
        return readings;
    }

    @Override
    public List<Reading> market(Horizon.Block block) throws VenueException {
        return node.call(calls.contents(), block.hash());
    }
}
