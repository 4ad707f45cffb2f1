package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.rlp.RLPEncoder;
import io.bulwark.adapter.PayloadFields;
import io.bulwark.adapter.PayloadFields.Kind;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.clearing.position.Horizon;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A block header that is what its hash says: it is encoded again and hashed, so that a node cannot name another state root for the block.
 *
 * @param encoding the header in RLP, which its hash is of
 * @param stateRoot the root of the world's accounts after this block
 */
public record BlockHeader(byte[] encoding, byte[] stateRoot) {
    /** The method by which headers are read and sealed. */
    public static final String METHOD = "eth_getBlockByHash";

    /** Header fields in the order of the encoding; those of later forks follow as far as the block has them. */
    private static final List<String> FIELDS =
            List.of("parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom");

    private static final List<String> QUANTITIES = List.of("difficulty", "number", "gasLimit", "gasUsed", "timestamp");
    private static final List<String> LATER = List.of(
            "baseFeePerGas",
            "withdrawalsRoot",
            "blobGasUsed",
            "excessBlobGas",
            "parentBeaconBlockRoot",
            "requestsHash");
    private static final List<String> LATER_QUANTITIES = List.of("baseFeePerGas", "blobGasUsed", "excessBlobGas");

    /** Copies both. */
    public BlockHeader {
        encoding = encoding.clone();
        stateRoot = stateRoot.clone();
    }

    @Override
    public byte[] encoding() {
        return encoding.clone();
    }

    @Override
    public byte[] stateRoot() {
        return stateRoot.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockHeader that && Arrays.equals(encoding, that.encoding);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoding);
    }

    @Override
    public String toString() {
        return "BlockHeader[stateRoot=" + HexFormat.of().formatHex(stateRoot) + "]";
    }

    /** The parameters by which the header of a block is asked for. */
    public static String parametersAt(Horizon.Block block) {
        return "[\"0x" + block.hash().hex() + "\",false]";
    }

    /**
     * Reads and checks a header.
     *
     * @param venue names the venue in a refusal
     * @param json the node's answer
     * @param block whose header it must be
     * @throws PayloadRefused if it does not hash to the block's hash, or names another number or time
     */
    public static BlockHeader of(String venue, byte[] json, Horizon.Block block) {
        PayloadFields fields = PayloadFields.of(venue, METHOD, json);
        fields.unread(Kind.TEXT, "hash", "totalDifficulty", "size")
                .unread(Kind.ARRAY, "uncles", "transactions", "withdrawals");
        List<byte[]> parts = new ArrayList<>();
        FIELDS.forEach(f -> parts.add(EvmHex.bytes(venue, f, fields.text(f))));
        QUANTITIES.forEach(f -> parts.add(quantity(venue, f, fields.text(f))));
        List.of("extraData", "mixHash", "nonce").forEach(f -> parts.add(EvmHex.bytes(venue, f, fields.text(f))));
        for (String field : LATER) {
            fields.absentOr(field, fields::text)
                    .ifPresent(text -> parts.add(
                            LATER_QUANTITIES.contains(field)
                                    ? quantity(venue, field, text)
                                    : EvmHex.bytes(venue, field, text)));
        }
        fields.end();
        byte[] encoding = RLPEncoder.list(parts.toArray());
        byte[] hash = Keccak256.of(encoding);
        if (!Arrays.equals(hash, block.hash().bytes())) {
            throw new PayloadRefused(venue, METHOD, HexFormat.of().formatHex(hash), "must hash to " + block.hash());
        }
        require(venue, "number", fields.text("number"), block.number());
        require(venue, "timestamp", fields.text("timestamp"), block.timeMillis() / 1000);
        return new BlockHeader(encoding, parts.get(FIELDS.indexOf("stateRoot")));
    }

    private static void require(String venue, String field, String hex, long wanted) {
        if (EvmHex.whole(venue, field, hex) != wanted) {
            throw new PayloadRefused(venue, field, hex, "must be " + wanted + " as the horizon says");
        }
    }

    private static byte[] quantity(String venue, String field, String hex) {
        BigInteger value = EvmHex.quantity(venue, field, hex);
        return unsigned(value);
    }

    /** Big-endian without leading zeros; zero is empty, as the encoding wants it. */
    static byte[] unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
