package io.bulwark.adapter.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.recording.LocalWallet;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
            ChainAddress wallet = LocalWallet.deploy(rpc, LocalWallet.of(key.signer(Scheme.EIP712)));
            LinkStatement statement = statement(wallet, CHAIN);
            LinkSignature good = contract(wallet, key.sign(statement, Scheme.EIP712));
            assertTrue(
                    good.objection(statement, wallets).orElseThrow().contains("must be taken"),
                    "not finalised yet, so not there");
            LocalWallet.ask(rpc, "anvil_mine", "[\"0x5\"]");
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

    /** Whatever a contract says that is not the one word, and whatever it does instead of saying it, takes nothing. */
    @Test
    void shouldTakeNothingThatIsNotTheMagicWord(@TempDir Path folder) throws IOException, VenueException {
        LinkKey key = LinkKey.in(folder.resolve("key"));
        try (NodeScript chain = NodeScript.start(BED, "chain.mjs", Long.toString(CHAIN));
                VenueTransport rpc = new VenueTransport("anvil", endpoint(chain), BUDGET);
                ContractWallet wallets = new ContractWallet(CHAIN, endpoint(chain), BUDGET);
                ContractWallet elsewhere = new ContractWallet(1, endpoint(chain), BUDGET)) {
            Map<String, ChainAddress> placed = new TreeMap<>();
            for (String code : List.of(
                    LocalWallet.of(key.signer(Scheme.EIP712)),
                    LocalWallet.ANOTHER_VALUE,
                    LocalWallet.REVERTS,
                    LocalWallet.ENDLESS,
                    LocalWallet.WRONG_END,
                    LocalWallet.AND_MORE,
                    LocalWallet.SHORT,
                    LocalWallet.LONG)) {
                placed.put(code, LocalWallet.deploy(rpc, code));
            }
            LocalWallet.ask(rpc, "anvil_mine", "[\"0x60\"]");
            placed.forEach((code, wallet) -> {
                LinkStatement statement = statement(wallet, CHAIN);
                LinkSignature signature = contract(wallet, key.sign(statement, Scheme.EIP712));
                boolean taken = signature.objection(statement, wallets).isEmpty();
                assertEquals(code.equals(LocalWallet.of(key.signer(Scheme.EIP712))), taken, code);
                LinkStatement otherwise = statement(wallet, 1);
                assertTrue(
                        contract(wallet, key.sign(otherwise, Scheme.EIP712))
                                .objection(otherwise, elsewhere)
                                .orElseThrow()
                                .contains("must serve chain 1"),
                        "a node of another chain than it should be");
            });
        }
    }

    private static LinkStatement statement(ChainAddress wallet, long chain) {
        return new LinkStatement(
                Action.LINK, Digest.ZERO, 1, "aave", new VenueAccount(0, wallet.text()), chain, 1, 1_000);
    }

    private static LinkSignature contract(ChainAddress wallet, LinkSignature byKey) {
        return new LinkSignature(Scheme.ERC1271, wallet.text(), byKey.bytes());
    }

    private static URI endpoint(NodeScript chain) {
        return URI.create(chain.line().get("url").textValue());
    }
}
