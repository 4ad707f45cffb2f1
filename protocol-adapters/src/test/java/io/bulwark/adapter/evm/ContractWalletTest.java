package io.bulwark.adapter.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bulwark.adapter.JsonText;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.recording.NodeScript;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature;
import io.bulwark.clearing.attestation.LinkSignature.ContractWallets;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.attestation.LinkStatement;
import io.bulwark.clearing.attestation.LinkStatement.Action;
import io.bulwark.clearing.document.Digest;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract wallets on a local chain: a wallet of our own that takes its key's signature and no other, an address without code, a chain that is another one. */
@OfChain
class ContractWalletTest {
    private static final Path BED = Path.of("src/test/anvil");
    private static final long CHAIN = 31337;
    private static final ReadBudget BUDGET = ReadBudget.perSecond(1_000);

    @BeforeAll
    static void requireNode() {
        String missing = NodeScript.missing(BED);
        if (!missing.isEmpty()) {
            System.out.println("skipped: contract wallets on a local chain need " + missing);
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
    }

    @Test
    void shouldAskTheContractAtAFinalisedBlock(@TempDir Path folder) throws IOException, VenueException {
        LinkKey key = LinkKey.in(folder.resolve("key"));
        LinkKey stranger = LinkKey.in(folder.resolve("stranger"));
        try (NodeScript chain = NodeScript.start(BED, "chain.mjs", Long.toString(CHAIN));
                VenueTransport rpc = new VenueTransport("anvil", endpoint(chain), BUDGET);
                ContractWallet wallets = new ContractWallet(CHAIN, endpoint(chain), BUDGET)) {
            ChainAddress wallet = deploy(rpc, key.signer(Scheme.EIP712));
            LinkStatement statement = statement(wallet, CHAIN);
            LinkSignature good = contract(wallet, key.sign(statement, Scheme.EIP712));
            assertTrue(
                    good.objection(statement, wallets).orElseThrow().contains("must be taken"),
                    "not finalised yet, so not there");
            ask(rpc, "anvil_mine", "[\"0x5\"]");
            assertEquals(Optional.empty(), good.objection(statement, wallets));
            assertTrue(good.objection(statement, ContractWallets.NONE).isPresent());
            assertTrue(contract(wallet, stranger.sign(statement, Scheme.EIP712))
                    .objection(statement, wallets)
                    .orElseThrow()
                    .contains("0x00000000"));
            LinkStatement later =
                    new LinkStatement(Action.LINK, Digest.ZERO, 1, "aave", statement.venueAccount(), CHAIN, 2, 1_000);
            assertTrue(good.objection(later, wallets).isPresent());
            ChainAddress nobody = new ChainAddress("0x" + "12".repeat(20));
            assertTrue(contract(nobody, key.sign(statement, Scheme.EIP712))
                    .objection(statement, wallets)
                    .isPresent());
            LinkStatement elsewhere = statement(wallet, 1);
            assertTrue(contract(wallet, key.sign(elsewhere, Scheme.EIP712))
                    .objection(elsewhere, wallets)
                    .orElseThrow()
                    .contains("of chain"));
        }
    }

    private static LinkStatement statement(ChainAddress wallet, long chain) {
        return new LinkStatement(
                Action.LINK, Digest.ZERO, 1, "aave", new VenueAccount(0, wallet.text()), chain, 1, 1_000);
    }

    private static LinkSignature contract(ChainAddress wallet, LinkSignature byKey) {
        return new LinkSignature(Scheme.ERC1271, wallet.text(), byKey.bytes());
    }

    /**
     * A wallet of one key, in the machine's own code: it recovers who signed the hash (ecrecover over v, r, s of the signature) and gives the magic value if that is its key, else zeros.
     */
    private static ChainAddress deploy(VenueTransport rpc, String owner) throws VenueException {
        String runtime = "600435600052" // memory[0x00] = hash
                + "60a43560f81c602052" // memory[0x20] = v
                + "606435604052" // memory[0x40] = r
                + "608435606052" // memory[0x60] = s
                + "602060806080600060015afa50" // memory[0x80] = ecrecover
                + "60805173" + owner.substring(2) + "14" // is it the key?
                + "631626ba7e60e01b02" // the magic value, or zero
                + "60005260206000f3";
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

    private static JsonNode ask(VenueTransport rpc, String method, String parameters) throws VenueException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + parameters + "}";
        JsonNode answer =
                JsonText.tree("anvil", method, rpc.post("", Map.of(), body.getBytes(StandardCharsets.UTF_8), 1));
        return answer.get("result");
    }

    private static URI endpoint(NodeScript chain) {
        return URI.create(chain.line().get("url").textValue());
    }
}
