package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueException;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmAccount;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.RegistryCalls;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainSignature;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry deployed, told of an epoch and shown a proof by transactions that are signed here, as by {@code bulwark chain}. */
@OfChain
final class RegistrySenderTest {
    private static final long CHAIN = 31_341;
    private static final StatedKey KEY = StatedKey.ofOneParty("account", StatedKey.ACCOUNT);
    private static final Digest HOUSE = Digest.of(house());
    private static final BigInteger NONCE = BigInteger.valueOf(5);
    private static final EvmAccount.Limits LIMITS = new EvmAccount.Limits(200, Duration.ofSeconds(30));

    /** The first account of the mnemonic that development chains share. */
    private static final ChainKey PAYER =
            ChainKey.of("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");

    private static CompiledContract.All contracts;
    private static LocalChain chain;
    private static EvmNode node;

    private static byte[] house() {
        byte[] house = Digest.sha256(new byte[] {7}).bytes();
        house[0] = 0;
        return house;
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        LocalChain.requireNode();
        contracts = CompiledContract.compile(KEY.takingAnything(folder, "Account"));
        chain = LocalChain.start(CHAIN);
        chain.mineAtOnce();
        node = node(CHAIN);
    }

    @AfterAll
    static void close() {
        if (chain != null) {
            node.close();
            chain.close();
        }
    }

    private static EvmNode node(long chainId) {
        return new EvmNode("chain", chainId, new VenueTransport("chain", chain.endpoint(), ReadBudget.perSecond(50)));
    }

    private static EvmAccount payer() {
        return new EvmAccount("chain", node, CHAIN, PAYER, LIMITS);
    }

    @Test
    void shouldDeployPublishAndSubmit() throws VenueException {
        ChainKey signer = ChainKey.generate();
        NodeSet nodes = NodeSet.of(1, List.of(signer.address()));
        EvmAccount payer = payer();
        ChainAddress verifier = payer.send(
                        Optional.empty(), contracts.named("Account").creation())
                .created()
                .orElseThrow();
        byte[] creation = RegistryCalls.creation(
                contracts.named("SolvencyRegistry").code(),
                new RegistryCalls.Terms(
                        new BigInteger(1, HOUSE.bytes()), true, 9, Duration.ofMinutes(1), nodes, List.of(verifier)));
        assertArrayEquals(
                contracts.named("SolvencyRegistry").creation(HOUSE, true, 9, 60, 1, nodes.nodes(), List.of(verifier)),
                creation);
        EvmAccount.Mined deployed = payer.send(Optional.empty(), creation);
        ChainAddress registry = deployed.created().orElseThrow();
        assertTrue(deployed.gas() > 1_000_000, deployed.toString());

        Digest digest = Digest.of(house());
        ChainStatement statement = new ChainStatement.OfEpoch(HOUSE, 7, digest);
        byte[] signatures = ChainSignature.joined(statement, List.of(signer.sign(statement)));
        payer.send(Optional.of(registry), RegistryCalls.publication(7, digest, 1, signatures));
        refused("Known", () -> payer.send(Optional.of(registry), RegistryCalls.publication(7, digest, 1, signatures)));
        refused(
                "NotTheSetThatMaySign",
                () -> payer.send(Optional.of(registry), RegistryCalls.publication(8, digest, 2, signatures)));

        BigInteger statementOfOwner = BigInteger.valueOf((5L << 16) + (1 << 15) + 1);
        refused("TagNotOfKey", () -> payer.send(Optional.of(registry), showing(registry, digest, BigInteger.TEN)));
        EvmAccount.Mined shown = payer.send(Optional.of(registry), showing(registry, digest, statementOfOwner));
        assertFalse(shown.created().isPresent());
        refused("NotLater", () -> payer.send(Optional.of(registry), showing(registry, digest, statementOfOwner)));
    }

    private static byte[] showing(ChainAddress address, Digest seal, BigInteger statement) {
        Registry registry = new Registry(CHAIN, address);
        BigInteger challenge = Challenge.of(registry.caip10(), PAYER.address().caip10(CHAIN), NONCE.toString())
                .value()
                .value();
        BigInteger scope = Scope.of(registry.caip10(), "credit line").value().value();
        return new RegistryCalls.Showing(
                        KEY.identity(),
                        List.of(new BigInteger(1, seal.bytes()), challenge, scope, BigInteger.valueOf(99), statement),
                        "credit line",
                        NONCE,
                        0,
                        new byte[384])
                .call();
    }

    /** What would be reverted is not sent, and says the registry's own word. */
    private static void refused(String name, Sending sending) throws VenueException {
        BigInteger before = sent();
        VenueException refusal = assertThrows(VenueException.class, sending::send);
        assertEquals(
                Optional.of(name), RegistryCalls.refusal(String.valueOf(refusal.getMessage())), refusal.toString());
        assertEquals(before, sent(), "nothing was sent");
    }

    private interface Sending {
        void send() throws VenueException;
    }

    private static BigInteger sent() throws VenueException {
        String count = EvmNode.text(
                "chain",
                node.ask(List.of(new EvmNode.Question(
                                "eth_getTransactionCount", "[\"" + PAYER.address() + "\",\"pending\"]")))
                        .getFirst());
        return new BigInteger(count.substring(2), 16);
    }

    @Test
    void shouldSendNothingToAnotherChainOrAboveTheFee() throws VenueException {
        BigInteger before = sent();
        Optional<ChainAddress> somewhere = Optional.of(PAYER.address());
        VenueException other = assertThrows(
                VenueException.class,
                () -> new EvmAccount("chain", node, CHAIN + 1, PAYER, LIMITS).send(somewhere, new byte[0]));
        assertTrue(String.valueOf(other.getMessage()).contains("must serve chain " + (CHAIN + 1)), other.toString());
        chain.baseFee(101_000_000_000L);
        VenueException dear = assertThrows(VenueException.class, () -> payer().send(somewhere, new byte[0]));
        assertTrue(String.valueOf(dear.getMessage()).contains("at most 200 gwei"), dear.toString());
        assertEquals(before, sent());
        chain.baseFee(0);
    }

    /** A node counts a transaction of a block before it can show its receipt: nobody else took the nonce. */
    @Test
    void shouldWaitForAReceiptThatComesLate() throws VenueException, IOException {
        try (LateReceipts late = new LateReceipts(chain.endpoint(), 3);
                EvmNode slow = new EvmNode(
                        "chain", CHAIN, new VenueTransport("chain", late.endpoint(), ReadBudget.perSecond(50)))) {
            EvmAccount payer = new EvmAccount("chain", slow, CHAIN, PAYER, LIMITS);
            EvmAccount.Mined mined = payer.send(Optional.of(PAYER.address()), new byte[0]);
            assertTrue(mined.succeeded());
            assertEquals(0, late.left(), "the receipt was asked for until it was there");
        }
    }

    /** A transaction whose nonce was spent by another is in no block, and will be in none. */
    @Test
    void shouldSayThatAnotherTransactionTookTheNonce() throws VenueException {
        Optional<ChainAddress> somewhere = Optional.of(PAYER.address());
        EvmAccount.Signed first = payer().sign(somewhere, new byte[] {1});
        payer().send(somewhere, new byte[] {2});
        assertEquals(Optional.empty(), payer().settle(first));
    }

    @Test
    void shouldNameEveryRefusalOfTheContract() {
        assertEquals(Optional.empty(), RegistryCalls.refusal("0x00000000"));
        contracts
                .named("SolvencyRegistry")
                .errors()
                .forEach((selector, name) -> assertEquals(
                        Optional.of(name), RegistryCalls.refusal("{\"data\":\"0x" + selector + "00ff\"}")));
    }
}
