package io.bulwark.adapter.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.clearing.attestation.ChainAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Contracts on a local chain that are asked whether they signed, in the machine's own code. */
public final class LocalWallet {
    /** Gives another value than the magic one. */
    public static final String ANOTHER_VALUE = "63deadbeef60e01b60005260206000f3";

    /** Takes nothing: it reverts. */
    public static final String REVERTS = "60006000fd";

    /** Never ends, as long as it is paid for. */
    public static final String ENDLESS = "5b600056";

    /** The magic value at the wrong end of the word. */
    public static final String WRONG_END = "631626ba7e60005260206000f3";

    /** The magic value, and more in the word. */
    public static final String AND_MORE = "631626ba7e60e01b60011760005260206000f3";

    /** Four bytes, which are no word. */
    public static final String SHORT = "631626ba7e60e01b60005260046000f3";

    /** A mebibyte of nothing. */
    public static final String LONG = "621000006000f3";

    private LocalWallet() {}

    /**
     * The code of a wallet of one key: it recovers who signed the hash (ecrecover over v, r, s of the signature) and gives the magic value
     * if that is its key, else zeros.
     *
     * @param owner the key's address
     */
    public static String of(String owner) {
        return "600435600052" // memory[0x00] = hash
                + "60a43560f81c602052" // memory[0x20] = v
                + "606435604052" // memory[0x40] = r
                + "608435606052" // memory[0x60] = s
                + "602060806080600060015afa50" // memory[0x80] = ecrecover
                + "60805173" + owner.substring(2) + "14" // is it the key?
                + "631626ba7e60e01b02" // the magic value, or zero
                + "60005260206000f3";
    }

    /** Puts code on the chain; two blocks later than now it is final there after as many as the chain's finality asks. */
    public static ChainAddress deploy(VenueTransport rpc, String runtime) throws VenueException {
        String creation = "60" + "%02x".formatted(runtime.length() / 2) + "80600b6000396000f3" + runtime;
        String from = ask(rpc, "eth_accounts", "[]").get(0).textValue();
        String hash = ask(
                        rpc,
                        "eth_sendTransaction",
                        "[{\"from\":\"" + from + "\",\"gas\":\"0x100000\",\"data\":\"0x" + creation + "\"}]")
                .textValue();
        ask(rpc, "anvil_mine", "[\"0x1\"]");
        return new ChainAddress(ask(rpc, "eth_getTransactionReceipt", "[\"" + hash + "\"]")
                .get("contractAddress")
                .textValue());
    }

    /** What the chain answers to a question. */
    public static JsonNode ask(VenueTransport rpc, String method, String parameters) throws VenueException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        JsonNode answer =
                JsonText.tree("anvil", method, rpc.post("", Map.of(), body.getBytes(StandardCharsets.UTF_8), 1));
        return answer.get("result");
    }
}
