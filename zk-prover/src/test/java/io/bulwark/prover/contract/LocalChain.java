package io.bulwark.prover.contract;

import com.esaulpaugh.headlong.abi.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/** A chain of one's own, with a block for every transaction. */
final class LocalChain implements AutoCloseable {
    /** Where the node and its packages lie. */
    static final Path BED = Path.of("../protocol-adapters/src/test/anvil");

    private static final int TRANSACTION_GAS = 21_000;
    private static final int ZERO_BYTE_GAS = 4;
    private static final int BYTE_GAS = 16;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final NodeScript node;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI endpoint;
    private int requests;

    private LocalChain(NodeScript node) {
        this.node = node;
        this.endpoint = URI.create(node.line().get("url").asText());
    }

    /** Skips the tests with a line that says what is missing. */
    static void requireNode() {
        for (Path place : List.of(LocalChain.BED, CompiledContract.FOLDER)) {
            String missing = NodeScript.missing(place);
            if (!missing.isEmpty()) {
                System.out.println("skipped: contracts on a local chain need " + missing);
            }
            Assumptions.assumeTrue(missing.isEmpty(), missing);
        }
    }

    static LocalChain start(long chainId) {
        try {
            return new LocalChain(NodeScript.start(BED, "chain.mjs", Long.toString(chainId)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long id() {
        return node.line().get("chainId").asLong();
    }

    /** Where its node answers. */
    URI endpoint() {
        return endpoint;
    }

    /** An account that the node signs for. */
    ChainAddress account(int number) {
        return new ChainAddress(node.line().get("accounts").get(number).asText());
    }

    /**
     * A mined transaction.
     *
     * @param succeeded whether it was not reverted
     * @param gas all that was paid for, with a gas price of one
     * @param execution the gas without the base fee of a transaction and without that of its bytes, which differ from proof to proof
     * @param created the contract that it created, or the zero address
     * @param logs what was emitted: topics, then data
     */
    record Receipt(boolean succeeded, long gas, long execution, ChainAddress created, List<Log> logs) {}

    /**
     * An event.
     *
     * @param topics its signature's hash and the indexed arguments
     * @param data the other arguments
     */
    record Log(List<Digest> topics, byte[] data) {}

    /** Sends a transaction; what fails is mined as failed. */
    Receipt send(ChainAddress from, ChainAddress to, byte[] data) {
        return receipt(transaction(from, data).put("to", to.text()), data);
    }

    /** Creates a contract. */
    Receipt create(ChainAddress from, byte[] code) {
        return receipt(transaction(from, code), code);
    }

    private static ObjectNode transaction(ChainAddress from, byte[] data) {
        return JSON.createObjectNode()
                .put("from", from.text())
                .put("data", hex(data))
                .put("gas", "0x1c9c380")
                .put("gasPrice", "0x0");
    }

    private Receipt receipt(ObjectNode transaction, byte[] data) {
        String hash = result("eth_sendTransaction", transaction).asText();
        result("evm_mine");
        JsonNode mined = result("eth_getTransactionReceipt", hash);
        long gas = Long.decode(mined.get("gasUsed").asText());
        return new Receipt(
                mined.get("status").asText().equals("0x1"),
                gas,
                gas - TRANSACTION_GAS - bytesGas(data),
                mined.get("contractAddress").isNull()
                        ? ChainAddress.of(new byte[ChainAddress.LENGTH])
                        : new ChainAddress(mined.get("contractAddress").asText()),
                StreamSupport.stream(mined.get("logs").spliterator(), false)
                        .map(LocalChain::log)
                        .toList());
    }

    private static Log log(JsonNode log) {
        return new Log(
                StreamSupport.stream(log.get("topics").spliterator(), false)
                        .map(topic -> Digest.of(bytes(topic.asText())))
                        .toList(),
                bytes(log.get("data").asText()));
    }

    private static long bytesGas(byte[] data) {
        long gas = 0;
        for (byte value : data) {
            gas += value == 0 ? ZERO_BYTE_GAS : BYTE_GAS;
        }
        return gas;
    }

    /**
     * What a call gives or how it is reverted.
     *
     * @param reverted whether it was
     * @param data what was returned, or the error
     */
    record Called(boolean reverted, byte[] data) {}

    /** Calls without a transaction. */
    Called call(ChainAddress from, ChainAddress to, byte[] data) {
        JsonNode answer = answer("eth_call", transaction(from, data).put("to", to.text()), "latest");
        return answer.has("error")
                ? new Called(true, bytes(answer.get("error").path("data").asText("0x")))
                : new Called(false, bytes(answer.get("result").asText()));
    }

    /** What EXTCODEHASH gives of a contract. */
    Digest codeHash(ChainAddress contract) {
        return Digest.of(Function.newDefaultDigest()
                .digest(bytes(result("eth_getCode", contract.text(), "latest").asText())));
    }

    /** A word of a contract's storage. */
    BigInteger word(ChainAddress contract, BigInteger slot) {
        return new BigInteger(
                1,
                bytes(result("eth_getStorageAt", contract.text(), "0x" + slot.toString(16), "latest")
                        .asText()));
    }

    /** Puts other code where a contract stands, as no transaction can. */
    void replaceCode(ChainAddress contract, byte[] code) {
        result("anvil_setCode", contract.text(), hex(code));
    }

    /** From now on every transaction is in a block at once, whoever sends it. */
    void mineAtOnce() {
        result("evm_setAutomine", true);
    }

    /** What a gas costs in the next block, wei. */
    void baseFee(long wei) {
        result("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
        result("evm_mine");
    }

    /** Lets time pass. */
    void pass(long seconds) {
        JsonNode latest = result("eth_getBlockByNumber", "latest", false);
        result("evm_setNextBlockTimestamp", Long.decode(latest.get("timestamp").asText()) + seconds);
        result("evm_mine");
    }

    private JsonNode result(String method, Object... parameters) {
        JsonNode answer = answer(method, parameters);
        if (answer.has("error")) {
            throw new IllegalStateException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    private JsonNode answer(String method, Object... parameters) {
        ObjectNode request = JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", ++requests)
                .put("method", method)
                .set("params", JSON.valueToTree(parameters));
        try {
            return JSON.readTree(client.send(
                            HttpRequest.newBuilder(endpoint)
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                                    .build(),
                            BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    @Override
    public void close() {
        client.close();
        node.close();
    }
}
