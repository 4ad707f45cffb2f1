package io.bulwark.adapter.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.evm.BlockHeader;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.evm.StorageProof;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.position.Horizon;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * An epoch that a registry holds, seen from a block's hash: the arguments with which a mirror on another chain takes it ({@code EpochMirror.prove}).
 *
 * @param block the finalised block
 * @param epoch number of the epoch
 * @param digest the epoch's digest
 * @param publishedAtSeconds when the registry took it, Unix seconds of its chain
 * @param nodeSet the set that signed it
 * @param equivocated whether another signed digest of the number was shown there
 * @param header the block's header in RLP, 0x and hexadecimal
 * @param account the way to the registry in the state, root first, 0x and hexadecimal
 * @param digestWay the way to the digest in the registry's storage
 * @param flagsWay the way to the word behind it
 */
public record EpochSighting(
        Horizon.Block block,
        long epoch,
        Digest digest,
        long publishedAtSeconds,
        long nodeSet,
        boolean equivocated,
        String header,
        List<String> account,
        List<String> digestWay,
        List<String> flagsWay) {
    private static final String NAME = "registry";

    /** Where {@code SolvencyRegistry} keeps its epochs; the mirror reads the same place. */
    private static final BigInteger EPOCHS_SLOT = BigInteger.TWO;

    private static final int TIME_BITS = 64;
    private static final int SET_BITS = 32;

    /** Copies the ways. */
    public EpochSighting {
        account = List.copyOf(account);
        digestWay = List.copyOf(digestWay);
        flagsWay = List.copyOf(flagsWay);
    }

    /**
     * Looks at the newest finalised block.
     *
     * @throws VenueException if the node does not answer, or the block left the chain
     * @throws PayloadRefused if the answer is not proved by the block's hash, or the registry holds no such epoch
     */
    public static EpochSighting of(EvmNode node, ChainAddress registry, long epoch) throws VenueException {
        Horizon.Block block = node.finalised();
        BigInteger slot = StorageProof.mappingSlot(BigInteger.valueOf(epoch), EPOCHS_SLOT);
        List<BigInteger> slots = List.of(slot, slot.add(BigInteger.ONE));
        List<Reading> answers = node.ask(List.of(
                new EvmNode.Question(BlockHeader.METHOD, BlockHeader.parametersAt(block)),
                new EvmNode.Question(StorageProof.METHOD, StorageProof.parametersAt(registry.text(), slots, block))));
        BlockHeader header = BlockHeader.of(NAME, answers.getFirst().result(), block);
        byte[] proof = answers.get(1).result();
        StorageProof words = StorageProof.verified(NAME, proof, registry.text(), header);
        BigInteger digest = words.word(slot);
        if (digest.signum() == 0) {
            throw new PayloadRefused(
                    NAME, "epoch", Long.toString(epoch), "must be published in finalised block " + block.number());
        }
        BigInteger flags = words.word(slots.get(1));
        JsonNode ways = JsonText.tree(NAME, StorageProof.METHOD, proof);
        return new EpochSighting(
                block,
                epoch,
                Digest.of(word(digest)),
                low(flags, TIME_BITS),
                low(flags.shiftRight(TIME_BITS), SET_BITS),
                flags.testBit(TIME_BITS + SET_BITS),
                "0x" + HexFormat.of().formatHex(header.encoding()),
                texts(ways.path("accountProof")),
                texts(ways.path("storageProof").path(0).path("proof")),
                texts(ways.path("storageProof").path(1).path("proof")));
    }

    private static long low(BigInteger word, int bits) {
        return word.mod(BigInteger.ONE.shiftLeft(bits)).longValue();
    }

    private static byte[] word(BigInteger value) {
        return HexFormat.of().parseHex(String.format("%064x", value));
    }

    private static List<String> texts(JsonNode nodes) {
        List<String> texts = new ArrayList<>();
        nodes.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
