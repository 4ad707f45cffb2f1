package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.abi.Function;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.net.URI;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks contract wallets whether they take a signature (ERC-1271), at the newest finalised block of one chain. A node that does not answer, or a contract that reverts, takes nothing. */
public final class ContractWallet implements ContractWallets, AutoCloseable {
    private static final String NAME = "contract wallet";
    private static final Function IS_VALID = new Function("isValidSignature(bytes32,bytes)", "(bytes4)");
    private static final byte[] MAGIC = HexFormat.of().parseHex("1626ba7e");

    private final long chainId;
    private final EvmNode node;

    /**
     * The wallets of one chain.
     *
     * @param chainId the chain that the node must serve
     * @param endpoint of the node
     * @param budget how often and how long it may be asked
     */
    public ContractWallet(long chainId, URI endpoint, ReadBudget budget) {
        this.chainId = chainId;
        this.node = new EvmNode(NAME, chainId, new VenueTransport(NAME, endpoint, budget));
    }

    @Override
    public Optional<String> objection(long askedChain, ChainAddress wallet, Digest digest, byte[] signature) {
        if (askedChain != chainId) {
            return Optional.of("must be of chain " + chainId + ", whose node is asked; it is of chain " + askedChain);
        }
        byte[] data = IS_VALID.encodeCallWithArgs(digest.bytes(), signature).array();
        EvmCall call =
                new EvmCall(wallet.text(), IS_VALID, "0x" + HexFormat.of().formatHex(data));
        try {
            Horizon.Block block = node.finalised();
            Reading answer = node.call(List.of(call), block.hash()).getFirst();
            byte[] said = call.decode(NAME, EvmNode.text(NAME, answer)).get(0);
            return Arrays.equals(said, MAGIC)
                    ? Optional.empty()
                    : Optional.of("must be taken by the contract; at finalised block " + block.number() + " it says 0x"
                            + HexFormat.of().formatHex(said));
        } catch (VenueException | PayloadRefused e) {
            return Optional.of("must be taken by the contract; " + e.getMessage());
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
