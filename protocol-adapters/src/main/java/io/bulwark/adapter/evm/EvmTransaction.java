package io.bulwark.adapter.evm;

import com.esaulpaugh.headlong.rlp.RLPEncoder;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainSignature;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A transaction that sends no coin: a call of a contract, or its creation (EIP-1559, type 2).
 *
 * @param chainId EIP-155 number of the only chain on which it holds
 * @param nonce how many transactions its sender sent before
 * @param tip most that goes to whoever makes the block, wei per gas
 * @param feeMax most that is paid in all, wei per gas
 * @param gasLimit most gas that it may use
 * @param to the contract; empty where one is created
 * @param data the call, or the code that creates
 */
record EvmTransaction(
        long chainId,
        BigInteger nonce,
        BigInteger tip,
        BigInteger feeMax,
        long gasLimit,
        Optional<ChainAddress> to,
        byte[] data) {
    private static final byte TYPE = ChainKey.SIGNED_ENVELOPE_TYPE;

    /** Copies, and checks the ranges. */
    public EvmTransaction {
        data = data.clone();
        if (chainId < 1 || gasLimit < 1 || nonce.signum() < 0 || tip.signum() < 0 || feeMax.compareTo(tip) < 0) {
            throw new IllegalArgumentException(
                    "transaction must be of a chain, with gas and 0 <= tip <= fee; have chain " + chainId + ", gas "
                            + gasLimit + ", nonce " + nonce + ", tip " + tip + ", fee " + feeMax);
        }
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    /** Signs; the bytes are what a node takes ({@code eth_sendRawTransaction}). */
    public byte[] signedBy(ChainKey key) {
        ChainSignature signature = key.signTransaction(envelope(fields()));
        byte[] bytes = signature.bytes();
        List<Object> fields = fields();
        fields.add(quantity(BigInteger.valueOf(signature.odd() ? 1 : 0)));
        fields.add(quantity(new BigInteger(1, Arrays.copyOf(bytes, 32))));
        fields.add(quantity(new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64))));
        return envelope(fields);
    }

    /** By what a node knows a signed transaction, 0x and hexadecimal. */
    public static String hash(byte[] signed) {
        return "0x" + HexFormat.of().formatHex(Keccak256.of(signed));
    }

    private List<Object> fields() {
        return new ArrayList<>(List.of(
                quantity(BigInteger.valueOf(chainId)),
                quantity(nonce),
                quantity(tip),
                quantity(feeMax),
                quantity(BigInteger.valueOf(gasLimit)),
                to.map(ChainAddress::bytes).orElseGet(() -> new byte[0]),
                new byte[0], // no coin
                data,
                new Object[0])); // no access list
    }

    private static byte[] envelope(List<Object> fields) {
        ByteArrayOutputStream envelope = new ByteArrayOutputStream();
        envelope.write(TYPE);
        envelope.writeBytes(RLPEncoder.list(fields.toArray()));
        return envelope.toByteArray();
    }

    private static byte[] quantity(BigInteger value) {
        return BlockHeader.unsigned(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EvmTransaction that && Arrays.equals(envelope(fields()), envelope(that.fields()));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(envelope(fields()));
    }

    @Override
    public String toString() {
        return "EvmTransaction[chain " + chainId + ", nonce " + nonce + ", to "
                + to.map(ChainAddress::text).orElse("a new contract") + ", " + data.length + " bytes]";
    }
}
