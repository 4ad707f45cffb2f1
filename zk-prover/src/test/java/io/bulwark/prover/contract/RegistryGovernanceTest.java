package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.clearing.attestation.RegistryAct.NodeSet;
import io.bulwark.clearing.document.Digest;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.prover.contract.RegistryUnderTest.Terms;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may change what a registry counts by: keys, node sets and pauses, on a local chain. */
@OfChain
final class RegistryGovernanceTest {
    private static ContractBed bed;

    @BeforeAll
    static void deploy(@TempDir Path folder) throws IOException {
        bed = ContractBed.open(folder);
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    void shouldRefuseKeysOfOnePartyUnlessForTests() {
        ChainAddress ceremony = RegistryUnderTest.verifier(bed.chain, bed.contracts.named("Ceremony"))
                .created();
        assertFalse(real(86_400, bed.verifier.created()).deployment.succeeded());
        assertFalse(real(86_399, ceremony).deployment.succeeded(), "a delay below a day");
        RegistryUnderTest registry = real(86_400, ceremony);
        assertTrue(registry.deployment.succeeded());
        ChainAddress other = RegistryUnderTest.verifier(bed.chain, bed.contracts.named("Other"))
                .created();
        assertEquals("KeyUnsafe", registry.refusal("addKey", registry.added(2, other, ContractBed.otherStated())));
        RegistryUnderTest ofTests = bed.registry();
        assertEquals("", ofTests.refusal("addKey", ofTests.added(2, other, ContractBed.otherStated())));
    }

    private static RegistryUnderTest real(long delay, ChainAddress... verifiers) {
        Terms terms = new Terms(false, delay, RegistryUnderTest.threeNodes());
        return RegistryUnderTest.deploy(
                bed.chain, bed.contracts, bed.epoch.commitment().house(), terms, verifiers);
    }

    @Test
    void shouldRotateKeysAfterTheDelayAndRetireThemAtOnce() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        ChainAddress other = RegistryUnderTest.verifier(bed.chain, bed.contracts.named("Other"))
                .created();
        StatedKey stated = ContractBed.otherStated();
        Object[] shown = bed.showing(bundle);
        Object[] underOther = shown.clone();
        underOther[0] = Tuple.from(
                ContractBed.otherKey(),
                bed.inputs(bundle),
                RegistryUnderTest.PURPOSE,
                1L,
                bed.inputs(bundle).get(4),
                0L);
        assertEquals("KeyUnknown", registry.refusalTo(sender, "accept", underOther));
        assertEquals("WrongNumber", registry.refusal("addKey", registry.added(3, other, stated)));
        Object[] asItIs = registry.added(2, other, stated);
        Object[] otherCode = registry.added(
                new RegistryAct.AddKey(2, other, ContractBed.otherKey(), stated.identity(), stated.tags(), 0, 0));
        Object[] otherThanSigned = {otherCode[0], asItIs[1]};
        assertNotEquals("", registry.refusal("addKey", otherThanSigned), "the nodes signed another code");
        assertEquals("CodeDiffers", registry.refusal("addKey", otherCode));
        assertEquals("KeyKnown", registry.refusal("addKey", registry.added(2, bed.verifier.created(), bed.stated())));
        assertTrue(registry.send("addKey", asItIs).succeeded());
        assertEquals("KeyNotYet", registry.refusalTo(sender, "accept", underOther));
        bed.chain.pass(RegistryUnderTest.DELAY);
        assertEquals("", registry.refusalTo(sender, "accept", underOther));
        Digest key = bed.stated().identity();
        byte[] retirement = registry.signed(new RegistryAct.RetireKey(key));
        assertNotEquals("", registry.refusal("retireKey", ContractBed.otherKey(), retirement));
        assertTrue(registry.send("retireKey", key, retirement).succeeded());
        assertEquals("KeyGone", registry.refusalTo(sender, "accept", shown));
        assertEquals("KeyGone", registry.refusal("retireKey", key, retirement));
        assertEquals(
                "KeyKnown",
                registry.refusal("addKey", registry.added(3, bed.verifier.created(), bed.stated())),
                "for good");
        assertEquals("", registry.refusalTo(sender, "accept", underOther));
    }

    @Test
    void shouldRefuseAVerifierWhoseCodeHasChanged() {
        ChainAddress own = RegistryUnderTest.verifier(bed.chain, bed.contracts.named("Unsafe"))
                .created();
        RegistryUnderTest registry = bed.onChain(bed.chain, RegistryUnderTest.threeNodes(), own);
        registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH, bed.seal()));
        ChainAddress sender = bed.chain.account(1);
        Object[] shown = bed.showing(bed.proof(registry, sender, 1));
        assertEquals("", registry.refusalTo(sender, "accept", shown));
        bed.chain.replaceCode(own, new byte[] {0});
        assertEquals("CodeDiffers", registry.refusalTo(sender, "accept", shown));
    }

    @Test
    void shouldHandOverToANewNodeSetAfterTheDelay() {
        RegistryUnderTest registry = bed.registry();
        List<ChainKey> next = List.of(registry.nodes.get(2), ChainKey.generate(), ChainKey.generate());
        NodeSet set = RegistryUnderTest.set(2, next);
        assertEquals("WrongNumber", registry.refusal("rotateNodes", registry.handOver(3, set, next)));
        Object[] handOver = registry.handOver(2, set, next);
        Object[] oneSided = handOver.clone();
        oneSided[4] = oneSided[3];
        assertEquals("NotANode", registry.refusal("rotateNodes", oneSided), "the new set must sign too");
        oneSided = handOver.clone();
        oneSided[3] = oneSided[4];
        assertEquals("NotANode", registry.refusal("rotateNodes", oneSided), "the old set must sign");
        assertTrue(registry.send("rotateNodes", handOver).succeeded());
        assertEquals("HandOverPending", registry.refusal("rotateNodes", registry.handOver(3, set, next)));
        FieldElement digest = FieldElement.of(8);
        assertEquals("NotTheSetThatMaySign", registry.refusal("publishEpoch", registry.epoch(8, digest, 2, next)));
        assertEquals("", registry.refusal("publishEpoch", registry.epoch(8, digest)));
        bed.chain.pass(RegistryUnderTest.DELAY);
        assertEquals("NotTheSetThatMaySign", registry.refusal("publishEpoch", registry.epoch(8, digest)));
        assertTrue(registry.send("publishEpoch", registry.epoch(8, digest, 2, next))
                .succeeded());
        Receipt reported = registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH, digest));
        assertEquals(
                List.of("Equivocation"),
                registry.contract.events(reported.logs()),
                "a set that left still answers for what it signed");
        assertEquals("WrongNumber", registry.refusal("rotateNodes", handOver));
    }

    @Test
    void shouldTakeAHandOverBackWhileItsDelayRuns() {
        RegistryUnderTest registry = bed.registry();
        List<ChainKey> next = List.of(ChainKey.generate());
        NodeSet set = RegistryUnderTest.set(1, next);
        byte[] kept = registry.signed(new RegistryAct.KeepNodes(2));
        assertEquals("NoHandOverPending", registry.refusal("keepNodes", 2, kept));
        ChainStatement act = registry.of(new RegistryAct.RotateNodes(2, set));
        Object[] handOver = {2, 1, set.nodes(), registry.signed(act), RegistryUnderTest.signed(act, next, 1)};
        registry.send("rotateNodes", handOver);
        assertNotEquals("", registry.refusal("keepNodes", 2, handOver[4]));
        assertEquals("WrongNumber", registry.refusal("keepNodes", 3, kept));
        assertTrue(registry.send("keepNodes", 2, kept).succeeded());
        bed.chain.pass(RegistryUnderTest.DELAY);
        assertEquals(1L, registry.view("nodeSet").<Long>get(0));
        assertEquals("WrongNumber", registry.refusal("rotateNodes", handOver), "its signatures serve no second time");
        registry.send("rotateNodes", registry.handOver(3, RegistryUnderTest.set(2, registry.nodes), registry.nodes));
        bed.chain.pass(RegistryUnderTest.DELAY);
        assertEquals(
                "NoHandOverPending", registry.refusal("keepNodes", 3, registry.signed(new RegistryAct.KeepNodes(3))));
        assertEquals(3L, registry.view("nodeSet").<Long>get(0));
    }

    @Test
    void shouldRefuseANodeSetWithoutAMajority() {
        RegistryUnderTest registry = bed.registry();
        List<ChainKey> four =
                List.of(ChainKey.generate(), ChainKey.generate(), ChainKey.generate(), ChainKey.generate());
        List<ChainAddress> nodes = four.stream().map(ChainKey::address).sorted().toList();
        byte[] any = new byte[0];
        assertEquals("BadNodeSet", registry.refusal("rotateNodes", 2, 2, nodes, any, any));
        assertEquals("BadNodeSet", registry.refusal("rotateNodes", 2, 5, nodes, any, any));
        assertEquals("BadNodeSet", registry.refusal("rotateNodes", 2, 0, List.of(), any, any));
        assertEquals("NodesNotIncreasing", registry.refusal("rotateNodes", 2, 3, nodes.reversed(), any, any));
        List<ChainAddress> doubled = List.of(nodes.get(0), nodes.get(0), nodes.get(1));
        assertEquals("NodesNotIncreasing", registry.refusal("rotateNodes", 2, 2, doubled, any, any));
    }

    @Test
    void shouldStopAcceptanceAndNothingElseWhilePaused() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        Object[] shown = bed.showing(bed.proof(registry, sender, 1));
        ChainStatement pause = registry.of(new RegistryAct.Pause(1));
        byte[] resumed = registry.signed(new RegistryAct.Resume(1));
        assertEquals("NotPaused", registry.refusal("resume", new Object[] {resumed}));
        byte[] byStranger = RegistryUnderTest.signed(pause, List.of(ChainKey.generate()), 1);
        assertEquals("NotANode", registry.refusal("pause", new Object[] {byStranger}));
        byte[] byOne = RegistryUnderTest.signed(pause, registry.nodes, 1);
        assertTrue(registry.send("pause", new Object[] {byOne}).succeeded());
        assertEquals("IsPaused", registry.refusalTo(sender, "accept", shown));
        assertTrue(registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH + 1, FieldElement.of(8)))
                .succeeded());
        byte[] resumedByOne = RegistryUnderTest.signed(registry.of(new RegistryAct.Resume(1)), registry.nodes, 1);
        assertEquals("TooFewSignatures", registry.refusal("resume", new Object[] {resumedByOne}));
        assertTrue(registry.send("resume", new Object[] {resumed}).succeeded());
        assertNotEquals("", registry.refusal("pause", new Object[] {byOne}), "its signature serves no second time");
        assertTrue(registry.sendBy(sender, "accept", shown).succeeded());
    }
}
