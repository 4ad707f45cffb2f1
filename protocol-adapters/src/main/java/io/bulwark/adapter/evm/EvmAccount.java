package io.bulwark.adapter.evm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueException.Category;
import io.bulwark.adapter.evm.EvmNode.Question;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.position.Reading;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An account of one chain that sends transactions and pays for them. A transaction that would be reverted is not sent: the node tries it first,
 * when it says how much gas it takes.
 */
public final class EvmAccount {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    private static final int MARGIN_PARTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** A node counts a transaction before it can show its receipt: this often the receipt is asked for. */
    private static final int RECEIPT_TRIES = 25;

    private final String venue;
    private final EvmNode node;
    private final long chainId;
    private final ChainKey key;
    private final Limits limits;

    /**
     * How much a transaction may cost and take.
     *
     * @param feeMaxGwei most that is paid for a gas, gwei
     * @param patience how long to wait for the block
     */
    public record Limits(long feeMaxGwei, Duration patience) {
        /** Checks the ranges. */
        public Limits {
            if (feeMaxGwei < 1 || !patience.isPositive()) {
                throw new IllegalArgumentException("limits must be > 0; have " + feeMaxGwei + " gwei and " + patience);
            }
        }
    }

    /**
     * An account.
     *
     * @param venue names the node in errors
     * @param node a node of the chain
     * @param chainId the chain that the node must serve
     * @param key of the account
     * @param limits of each transaction
     */
    public EvmAccount(String venue, EvmNode node, long chainId, ChainKey key, Limits limits) {
        this.venue = venue;
        this.node = node;
        this.chainId = chainId;
        this.key = key;
        this.limits = limits;
    }

    /** Its address. */
    public ChainAddress address() {
        return key.address();
    }

    /** EIP-155 number of the one chain on which it sends. */
    public long chainId() {
        return chainId;
    }

    /**
     * A transaction in a block.
     *
     * @param transaction its hash, 0x and hexadecimal
     * @param block number of the block
     * @param gas what it used
     * @param succeeded whether it did what it says; else it was reverted, and changed nothing
     * @param created the contract that it created
     */
    public record Mined(String transaction, long block, int gas, boolean succeeded, Optional<ChainAddress> created) {}

    /**
     * Sends a call, or the code that creates a contract, and waits until it is in a block.
     *
     * @param to the contract; empty to create one
     * @throws VenueException of category HALT if the node serves another chain, the fee is above the limit, or the transaction was reverted
     */
    public Mined send(Optional<ChainAddress> to, byte[] data) throws VenueException {
        Mined mined = settle(sign(to, data)).orElseThrow(() -> halt("another transaction took the nonce"));
        if (!mined.succeeded()) {
            throw halt("transaction " + mined.transaction() + " must succeed; it was reverted in its block");
        }
        return mined;
    }

    /**
     * A transaction that was signed and may have been sent.
     *
     * @param bytes as a node takes it
     * @param nonce how many transactions its sender sent before: the chain takes one of each
     */
    public record Signed(byte[] bytes, BigInteger nonce) {
        /** Copies. */
        public Signed {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Its hash, 0x and hexadecimal. */
        public String transaction() {
            return EvmTransaction.hash(bytes);
        }
    }

    /**
     * Signs a call, or the code that creates a contract, and sends nothing: whoever keeps the bytes can send them again, and the chain
     * still takes them once.
     *
     * @param to the contract; empty to create one
     * @throws VenueException of category HALT if the node serves another chain or the fee is above the limit; of another if the call would
     *     be reverted now
     */
    public Signed sign(Optional<ChainAddress> to, byte[] data) throws VenueException {
        String call = "{\"from\":\"" + address() + "\""
                + to.map(t -> ",\"to\":\"" + t + "\"").orElse("") + ",\"data\":\"" + hex(data) + "\"}";
        List<Reading> answers = node.ask(List.of(
                new Question("eth_chainId", "[]"),
                new Question("eth_getTransactionCount", "[\"" + address() + "\",\"pending\"]"),
                new Question("eth_maxPriorityFeePerGas", "[]"),
                new Question("eth_getBlockByNumber", "[\"latest\",false]"),
                new Question("eth_estimateGas", "[" + call + "]")));
        long served = quantity(answers.get(0)).longValueExact();
        if (served != chainId) {
            throw halt("node must serve chain " + chainId + "; have " + served);
        }
        BigInteger tip = quantity(answers.get(2));
        long gas = quantity(answers.get(4)).longValueExact();
        BigInteger nonce = quantity(answers.get(1));
        byte[] bytes = new EvmTransaction(
                        chainId, nonce, tip, feeMax(answers.get(3), tip), gas + gas / MARGIN_PARTS, to, data)
                .signedBy(key);
        return new Signed(bytes, nonce);
    }

    /**
     * Hands a signed transaction to the node and waits until it is in a block. One that is in a block already is not sent again.
     *
     * @return empty if another transaction took its nonce: it is in no block, and will be in none
     * @throws VenueException of category HALT if it is in no block within the patience
     */
    public Optional<Mined> settle(Signed signed) throws VenueException {
        if (isSpent(signed.nonce())) {
            return counted(signed.transaction());
        }
        hand(signed.bytes());
        long end = System.nanoTime() + limits.patience.toNanos();
        while (System.nanoTime() < end) {
            if (isSpent(signed.nonce())) {
                return counted(signed.transaction());
            }
            rest();
        }
        throw halt("transaction " + signed.transaction() + " must be in a block within " + limits.patience
                + "; it may still get into one");
    }

    /** Whether a transaction of this nonce is in a block. */
    private boolean isSpent(BigInteger nonce) throws VenueException {
        Question sent = new Question("eth_getTransactionCount", "[\"" + address() + "\",\"latest\"]");
        return quantity(node.ask(List.of(sent)).getFirst()).compareTo(nonce) > 0;
    }

    /** Twice the fee of the newest block, which lasts through six full ones, and the tip. */
    private BigInteger feeMax(Reading block, BigInteger tip) throws VenueException {
        String field = "baseFeePerGas";
        String text =
                JsonText.tree(venue, block.method(), block.result()).path(field).asText("0x0");
        BigInteger fee = EvmHex.quantity(venue, field, text).shiftLeft(1).add(tip);
        if (fee.compareTo(GWEI.multiply(BigInteger.valueOf(limits.feeMaxGwei))) > 0) {
            throw halt("a gas must cost at most " + limits.feeMaxGwei + " gwei; it may cost " + fee + " wei now");
        }
        return fee;
    }

    /** A node that has the transaction already, since its answer to the first attempt was lost, is no error. */
    private void hand(byte[] signed) throws VenueException {
        try {
            node.ask(List.of(new Question("eth_sendRawTransaction", "[\"" + hex(signed) + "\"]")));
        } catch (VenueException e) {
            if (!String.valueOf(e.getMessage()).contains("already")) {
                throw e;
            }
        }
    }

    /** The receipt of a transaction whose nonce is spent; empty only if the node still has none after a while. */
    private Optional<Mined> counted(String transaction) throws VenueException {
        Optional<Mined> mined = mined(transaction);
        for (int tried = 1; mined.isEmpty() && tried < RECEIPT_TRIES; tried++) {
            rest();
            mined = mined(transaction);
        }
        return mined;
    }

    private Optional<Mined> mined(String transaction) throws VenueException {
        Reading answer = node.ask(List.of(new Question("eth_getTransactionReceipt", "[\"" + transaction + "\"]")))
                .getFirst();
        JsonNode receipt = JsonText.tree(venue, answer.method(), answer.result());
        return receipt.isNull() ? Optional.empty() : Optional.of(mined(transaction, receipt));
    }

    private Mined mined(String transaction, JsonNode receipt) {
        JsonNode created = receipt.path("contractAddress");
        return new Mined(
                transaction,
                EvmHex.whole(venue, "blockNumber", receipt.path("blockNumber").asText()),
                Math.toIntExact(
                        EvmHex.whole(venue, "gasUsed", receipt.path("gasUsed").asText())),
                receipt.path("status").asText().equals("0x1"),
                created.isTextual() ? Optional.of(new ChainAddress(created.textValue())) : Optional.empty());
    }

    private void rest() throws VenueException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw halt("interrupted while waiting for a block");
        }
    }

    private BigInteger quantity(Reading answer) {
        return EvmHex.quantity(venue, answer.method(), EvmNode.text(venue, answer));
    }

    private VenueException halt(String rule) {
        return new VenueException(venue, Category.HALT, rule);
    }

    private static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
