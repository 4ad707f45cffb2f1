package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueTransport;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.registry.EpochSighting;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.ChainStatement.Registry;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.contract.LocalChain.Called;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Epochs on two real chains: by the house's signatures, which hold on both, and by storage proof from blocks that nodes sign. */
@OfChain
final class EpochMirrorTest {
    private static final int SIGNATURE_BYTES = 65;

    private static ContractBed bed;
    private static LocalChain there;
    private static CompiledContract contract;

    private RegistryUnderTest source;
    private List<ChainKey> nodes;
    private Receipt deployment;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        bed = ContractBed.open(folder);
        there = LocalChain.start(31_338);
        contract = bed.contracts.named("EpochMirror");
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
            there.close();
        }
    }

    @BeforeEach
    void deploy() {
        source = bed.registryOf(RegistryUnderTest.threeNodes());
        nodes = RegistryUnderTest.threeNodes();
        deployment = deploy(source.registry.address());
    }

    private Receipt deploy(ChainAddress followed) {
        var set = RegistryUnderTest.set(2, nodes);
        return there.create(
                there.account(0),
                contract.creation(source.chain.id(), followed, set.threshold(), set.nodes(), RegistryUnderTest.DELAY));
    }

    private void publish(long number, FieldElement digest) {
        assertTrue(source.send("publishEpoch", source.epoch(number, digest)).succeeded());
        for (int block = 0; block < 4; block++) {
            source.chain.pass(1);
        }
    }

    private EpochSighting sighting(long number) {
        return sighting(source, number);
    }

    private static EpochSighting sighting(RegistryUnderTest of, long number) {
        ReadBudget budget = ReadBudget.perSecond(100);
        try (EvmNode node =
                new EvmNode("registry", of.chain.id(), new VenueTransport("registry", of.chain.endpoint(), budget))) {
            return EpochSighting.of(node, of.registry.address(), number);
        } catch (io.bulwark.adapter.VenueException e) {
            throw new IllegalStateException(e);
        }
    }

    private ChainStatement checkpoint(EpochSighting seen) {
        return checkpoint(seen.block().number(), seen.block().hash());
    }

    private ChainStatement checkpoint(long number, Digest hash) {
        return new ChainStatement.OfAct(
                new Registry(there.id(), deployment.created()),
                new RegistryAct.BlockCheckpoint(source.chain.id(), source.registry.address(), number, hash));
    }

    private Receipt send(String function, Object... arguments) {
        return there.send(there.account(0), deployment.created(), contract.call(function, arguments));
    }

    private String refusal(String function, Object... arguments) {
        return refusalAt(deployment, function, arguments);
    }

    private static String refusalAt(Receipt mirror, String function, Object... arguments) {
        Called called = there.call(there.account(0), mirror.created(), contract.call(function, arguments));
        return called.reverted() ? contract.error(called.data()) : "";
    }

    private BigInteger view(String function, Object argument) {
        Called called = there.call(there.account(0), deployment.created(), contract.call(function, argument));
        return contract.returned(function, called.data()).get(0);
    }

    private Receipt take(EpochSighting seen) {
        return send(
                "checkpoint",
                seen.block().number(),
                seen.block().hash(),
                RegistryUnderTest.signed(checkpoint(seen), nodes, 2));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex, 2, hex.length());
    }

    private static List<byte[]> way(List<String> hex) {
        return hex.stream().map(EpochMirrorTest::bytes).toList();
    }

    private static Object[] proof(EpochSighting seen) {
        return proof(seen, seen.epoch());
    }

    private static Object[] proof(EpochSighting seen, long claimed) {
        return new Object[] {
            claimed,
            seen.block().number(),
            bytes(seen.header()),
            way(seen.account()),
            way(seen.digestWay()),
            way(seen.flagsWay())
        };
    }

    /** The house's signature names no chain: the same bytes publish on both, each refuses what the other refuses, and both end with the same digests. */
    @Test
    void shouldEndWithEqualEpochsBySignature() {
        RegistryUnderTest other = bed.onChain(
                there,
                source.nodes,
                RegistryUnderTest.verifier(there, bed.contracts.named("Unsafe")).created());
        for (long number : new long[] {7, 8, 9}) {
            FieldElement digest = FieldElement.of(1000 + number);
            Object[] signed = source.epoch(number, digest);
            Object[] changed = signed.clone();
            changed[1] = FieldElement.of(1);
            byte[] signatures = (byte[]) signed[3];
            Object[] fewer = signed.clone();
            fewer[3] = Arrays.copyOf(signatures, SIGNATURE_BYTES);
            Object[] turned = signed.clone();
            turned[3] = turned(signatures);
            for (RegistryUnderTest registry : List.of(source, other)) {
                assertNotEquals("", registry.refusal("publishEpoch", changed));
                assertEquals("TooFewSignatures", registry.refusal("publishEpoch", fewer));
                assertEquals("SignersNotIncreasing", registry.refusal("publishEpoch", turned));
                assertTrue(registry.send("publishEpoch", signed).succeeded());
                assertEquals("Known", registry.refusal("publishEpoch", signed), "a replay");
            }
            assertEquals(digest.value(), held(other, number));
            assertEquals(held(source, number), held(other, number));
        }
    }

    private static BigInteger held(RegistryUnderTest registry, long number) {
        return registry.view("epochs", number).get(0);
    }

    private static byte[] turned(byte[] two) {
        byte[] turned = new byte[two.length];
        System.arraycopy(two, SIGNATURE_BYTES, turned, 0, SIGNATURE_BYTES);
        System.arraycopy(two, 0, turned, SIGNATURE_BYTES, SIGNATURE_BYTES);
        return turned;
    }

    /** From a signed block hash to the epoch's digest, in Java first and then on the other chain. */
    @Test
    void shouldEndWithEqualEpochsByStorageProof() {
        publish(7, bed.seal());
        publish(9, FieldElement.of(99));
        EpochSighting seen = sighting(7);
        assertEquals(bed.seal().digest(), seen.digest());
        assertEquals(1, seen.nodeSet());
        Receipt taken = take(seen);
        assertTrue(taken.succeeded());
        assertEquals(List.of("BlockSigned"), contract.events(taken.logs()));
        Receipt proved = send("prove", proof(seen));
        assertTrue(proved.succeeded());
        assertEquals(List.of("EpochProved"), contract.events(proved.logs()));
        EpochSighting later = sighting(9);
        if (later.block().number() > seen.block().number()) {
            assertTrue(take(later).succeeded());
        }
        assertTrue(send("prove", proof(later)).succeeded());
        for (long number : new long[] {7, 9}) {
            assertEquals(held(source, number), view("epochs", number));
        }
        assertEquals("NotNewer", refusal("prove", proof(seen)), "a replay, and an older epoch");
        System.out.printf(
                "gas of a mirror: a block %,d, an epoch by storage proof %,d (%d nodes, %,d bytes of them)%n",
                taken.execution(),
                proved.execution(),
                seen.account().size()
                        + seen.digestWay().size()
                        + seen.flagsWay().size(),
                bytesOf(seen));
    }

    private static int bytesOf(EpochSighting seen) {
        List<String> all = new ArrayList<>(seen.account());
        all.addAll(seen.digestWay());
        all.addAll(seen.flagsWay());
        return all.stream().mapToInt(node -> node.length() / 2 - 1).sum();
    }

    @Test
    void shouldTakeOnlyBlocksThatEnoughNodesSignedInOrder() {
        publish(7, bed.seal());
        EpochSighting seen = sighting(7);
        long number = seen.block().number();
        Digest hash = seen.block().hash();
        byte[] two = RegistryUnderTest.signed(checkpoint(seen), nodes, 2);
        assertEquals("TooFewSignatures", refusal("checkpoint", number, hash, Arrays.copyOf(two, SIGNATURE_BYTES)));
        assertEquals("SignersNotIncreasing", refusal("checkpoint", number, hash, turned(two)));
        assertNotEquals("", refusal("checkpoint", number, ContractBed.otherKey(), two), "another body");
        assertNotEquals("", refusal("checkpoint", number + 1, hash, two), "another number");
        byte[] strangers = RegistryUnderTest.signed(checkpoint(seen), RegistryUnderTest.threeNodes(), 2);
        assertEquals("NotANode", refusal("checkpoint", number, hash, strangers));
        Receipt twin = deploy(source.registry.address());
        assertNotEquals("", refusalAt(twin, "checkpoint", number, hash, two), "a signature is for one mirror");
        assertTrue(take(seen).succeeded());
        assertEquals("NotNewer", refusal("checkpoint", number, hash, two), "a replay");
        ChainStatement older = checkpoint(number - 1, ContractBed.otherKey());
        assertEquals(
                "NotNewer",
                refusal("checkpoint", number - 1, ContractBed.otherKey(), RegistryUnderTest.signed(older, nodes, 2)),
                "wrong order");
    }

    @Test
    void shouldTakeNothingThatTheBlockDoesNotProve() {
        publish(7, bed.seal());
        publish(8, FieldElement.of(88));
        EpochSighting seen = sighting(7);
        EpochSighting eight = sighting(8);
        assertEquals("BlockUnknown", refusal("prove", proof(seen)), "a block that nobody signed");
        assertTrue(take(seen).succeeded());
        assertNotEquals("", refusal("prove", proof(seen, 8)), "another epoch's slot");
        Object[] header = proof(seen);
        header[2] = tampered((byte[]) header[2], 120);
        assertEquals("HeaderDiffers", refusal("prove", header));
        for (int part = 3; part < 6; part++) {
            Object[] broken = proof(seen);
            @SuppressWarnings("unchecked")
            List<byte[]> nodesOfWay = (List<byte[]>) broken[part];
            for (int node = 0; node < nodesOfWay.size(); node++) {
                List<byte[]> changed = new ArrayList<>(nodesOfWay);
                changed.set(node, tampered(changed.get(node), changed.get(node).length - 1));
                broken[part] = changed;
                assertNotEquals("", refusal("prove", broken), "part " + part + ", node " + node);
            }
            broken[part] = nodesOfWay.subList(0, nodesOfWay.size() - 1);
            assertNotEquals("", refusal("prove", broken), "a missing node of part " + part);
        }
        Object[] swapped = proof(seen);
        swapped[4] = way(eight.digestWay());
        assertNotEquals("", refusal("prove", swapped), "another slot's way");
        RegistryUnderTest stranger = bed.registryOf(RegistryUnderTest.threeNodes());
        Receipt ofStranger = deploy(stranger.registry.address());
        assertNotEquals("", refusalAt(ofStranger, "prove", proof(seen)), "another contract");
        assertEquals("", refusal("prove", proof(seen)));
        assertThrows(PayloadRefused.class, () -> sighting(12), "an epoch that is not there");
    }

    @Test
    void shouldRefuseAnEpochOfWhichTwoDigestsWereSigned() {
        publish(7, bed.seal());
        assertTrue(
                source.send("publishEpoch", source.epoch(7, FieldElement.of(5))).succeeded());
        publish(8, FieldElement.of(88));
        EpochSighting seen = sighting(7);
        assertTrue(seen.equivocated());
        assertTrue(take(seen).succeeded());
        assertEquals("EpochEquivocated", refusal("prove", proof(seen)));
    }

    private static byte[] tampered(byte[] bytes, int at) {
        byte[] changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }
}
