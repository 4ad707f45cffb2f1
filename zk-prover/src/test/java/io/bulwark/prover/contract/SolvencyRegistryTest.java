package io.bulwark.prover.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.esaulpaugh.headlong.abi.Tuple;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.attestation.ChainAddress;
import io.bulwark.clearing.attestation.ChainKey;
import io.bulwark.clearing.attestation.ChainStatement;
import io.bulwark.clearing.attestation.RegistryAct;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.contract.LocalChain.Receipt;
import io.bulwark.prover.proof.ProofBundle;
import io.bulwark.prover.proof.SolidityVerifier;
import io.bulwark.tier.OfChain;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry on two local chains, against real proofs of the account circuit: what it takes, and that it takes nothing else. */
@OfChain
final class SolvencyRegistryTest {
    private static final Path GAS = CompiledContract.FOLDER.resolve("gas.json");
    private static final long VERIFICATION_GAS_GOAL = 370_000;
    private static final List<String> INPUTS = List.of("seal", "challenge", "scope", "nullifier", "statement");

    private static ContractBed bed;
    private static LocalChain otherChain;
    private static RegistryUnderTest first;
    private static RegistryUnderTest firstOfOtherChain;

    @BeforeAll
    static void deploy(@TempDir Path folder) throws IOException {
        bed = ContractBed.open(folder);
        otherChain = LocalChain.start(31_338);
        List<ChainKey> nodes = RegistryUnderTest.threeNodes();
        first = bed.registryOf(nodes);
        firstOfOtherChain = bed.onChain(
                otherChain,
                nodes,
                RegistryUnderTest.verifier(otherChain, bed.contracts.named("Unsafe"))
                        .created());
    }

    @AfterAll
    static void close() {
        if (bed != null) {
            bed.close();
            otherChain.close();
        }
    }

    @Test
    void shouldAcceptAProofOnceAndAnotherOfItsAccountInALaterEpochOnly() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        Receipt accepted = registry.sendBy(sender, "accept", bed.showing(bundle));
        assertTrue(accepted.succeeded());
        assertEquals(List.of("ProofAccepted"), registry.contract.events(accepted.logs()));
        Tuple acceptance = registry.view("acceptances", sender, registry.scope().value());
        assertEquals(bed.standing().value().value(), acceptance.get(0));
        assertEquals(BigInteger.valueOf(ContractBed.EPOCH), acceptance.get(1));
        assertEquals("NotLater", registry.refusalTo(sender, "accept", bed.showing(bundle)));
        assertFalse(registry.sendBy(sender, "accept", bed.showing(bundle)).succeeded());
        ProofBundle again = bed.proof(registry, sender, 1);
        assertNotEquals(bundle.proof(), again.proof(), "a proof made anew has other bytes");
        assertEquals("NotLater", registry.refusalTo(sender, "accept", bed.showing(again)));
    }

    @Test
    void shouldMoveAnAccountToAnotherSenderWithALaterEpoch() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress alice = bed.chain.account(1);
        ChainAddress bob = bed.chain.account(2);
        ProofBundle first = bed.proof(registry, alice, 1);
        assertTrue(registry.sendBy(alice, "accept", bed.showing(first)).succeeded());
        assertEquals("NotLater", registry.refusalTo(bob, "accept", bed.showing(bed.proof(registry, bob, 1))));
        registry.send(
                "publishEpoch",
                registry.epoch(ContractBed.EPOCH + 1, bed.later().digest(bed.library)));
        ProofBundle taken = bed.laterProof(registry, bob, 1);
        assertEquals(first.publicInputs().nullifier(), taken.publicInputs().nullifier(), "one account in two epochs");
        Receipt moved = registry.sendBy(bob, "accept", bed.showing(taken));
        assertEquals(List.of("AcceptanceEnded", "ProofAccepted"), registry.contract.events(moved.logs()));
        FieldElement scope = registry.scope().value();
        assertEquals(false, registry.view("stands", alice, scope, 3, 0L, 0L).get(0));
        assertEquals(true, registry.view("stands", bob, scope, 3, 0L, 0L).get(0));
    }

    @Test
    void shouldRefuseAProofWhoseAccountWouldCountOnceAnEpoch() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle onceAnEpoch =
                bed.proved(bed.epoch.request(1, bed.claim, registry.challenge(sender, 1), registry.scope()));
        assertEquals("NotStanding", registry.refusalTo(sender, "accept", bed.showing(onceAnEpoch)));
        // The claim is exchanged for one that stands: then the proof is of another statement.
        List<BigInteger> inputs = bed.inputs(onceAnEpoch);
        inputs.set(4, inputs.get(4).setBit(15));
        assertEquals(
                "ProofInvalid",
                registry.refusalTo(sender, "accept", bed.showing(inputs, inputs.get(4), bed.words(onceAnEpoch), 0)));
    }

    /** verifyAtOnce beside verifyProof, which gnark wrote: the same answer to every proof. */
    @Test
    void shouldVerifyAtOnceWhatGnarkVerifiesInTwo() {
        ProofBundle bundle = bed.proof(first, bed.chain.account(1), 1);
        byte[] honest = bed.words(bundle);
        assertTrue(verifies("verifyProof", honest, bed.inputs(bundle)));
        assertTrue(verifies("verifyAtOnce", honest, bed.inputs(bundle)));
        byte[] again = bed.words(bed.proof(first, bed.chain.account(1), 2));
        // A, B, C, commitment and proof of knowledge of another proof, each alone; the last two together are right, and
        // of another proof.
        for (int[] part : new int[][] {{0, 64}, {64, 192}, {192, 256}, {256, 320}, {320, 384}, {256, 384}, {0, 256}}) {
            byte[] mixed = honest.clone();
            System.arraycopy(again, part[0], mixed, part[0], part[1] - part[0]);
            assertFalse(verifies("verifyProof", mixed, bed.inputs(bundle)), "bytes from " + part[0]);
            assertFalse(verifies("verifyAtOnce", mixed, bed.inputs(bundle)), "bytes from " + part[0]);
            byte[] none = honest.clone();
            Arrays.fill(none, part[0], part[1], (byte) 0);
            assertFalse(verifies("verifyProof", none, bed.inputs(bundle)), "nothing from " + part[0]);
            assertFalse(verifies("verifyAtOnce", none, bed.inputs(bundle)), "nothing from " + part[0]);
        }
        for (int i = 0; i < INPUTS.size(); i++) {
            List<BigInteger> changed = bed.inputs(bundle);
            changed.set(i, changed.get(i).flipBit(1));
            assertFalse(verifies("verifyAtOnce", honest, changed), INPUTS.get(i));
            changed.set(i, FieldElement.ORDER.add(bed.inputs(bundle).get(i)));
            assertFalse(verifies("verifyAtOnce", honest, changed), INPUTS.get(i) + " + r");
        }
        assertFalse(verifies("verifyAtOnce", Arrays.copyOf(honest, 383), bed.inputs(bundle)));
        assertFalse(verifies("verifyAtOnce", Arrays.copyOf(honest, 385), bed.inputs(bundle)));
    }

    private static boolean verifies(String function, byte[] proof, List<BigInteger> inputs) {
        return !bed.chain
                .call(
                        bed.chain.account(1),
                        bed.verifier.created(),
                        bed.contracts.named("Unsafe").call(function, proof, inputs))
                .reverted();
    }

    @Test
    void shouldRefuseACopiedProof() {
        RegistryUnderTest registry = bed.registry();
        Object[] shown = bed.showing(bed.proof(registry, bed.chain.account(1), 1));
        assertEquals("ChallengeDiffers", registry.refusalTo(bed.chain.account(2), "accept", shown));
        assertEquals("", registry.refusalTo(bed.chain.account(1), "accept", shown));
    }

    @Test
    void shouldRefuseEveryChangedPublicInputByItsName() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        BigInteger claimed = bundle.publicInputs().statement().value();
        List<String> names = List.of("SealUnknown", "ChallengeDiffers", "ScopeDiffers", "ProofInvalid", "ClaimDiffers");
        for (int i = 0; i < INPUTS.size(); i++) {
            List<BigInteger> changed = bed.inputs(bundle);
            changed.set(i, changed.get(i).flipBit(0));
            Object[] shown = bed.showing(changed, claimed, bed.words(bundle), 0);
            assertEquals(names.get(i), registry.refusalTo(sender, "accept", shown), INPUTS.get(i));
            List<BigInteger> aliased = bed.inputs(bundle);
            aliased.set(i, aliased.get(i).add(FieldElement.ORDER));
            shown = bed.showing(aliased, aliased.get(4), bed.words(bundle), 0);
            // A statement that is above r shows another tag, which is compared first.
            assertEquals(
                    i == 4 ? "TagNotOfKey" : "NotAnElement",
                    registry.refusalTo(sender, "accept", shown),
                    INPUTS.get(i) + " + r");
        }
        List<BigInteger> larger = bed.inputs(bundle);
        larger.set(4, larger.get(4).add(BigInteger.ONE.shiftLeft(16)));
        assertEquals(
                "ProofInvalid",
                registry.refusalTo(sender, "accept", bed.showing(larger, larger.get(4), bed.words(bundle), 0)),
                "a claim that everybody expects and nobody proved");
        larger.set(4, larger.get(4).add(BigInteger.ONE.shiftLeft(120)));
        assertEquals(
                "ClaimTooLarge",
                registry.refusalTo(sender, "accept", bed.showing(larger, larger.get(4), bed.words(bundle), 0)));
    }

    @Test
    void shouldRefuseEveryTamperedWordOfAProof() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        byte[] words = bed.words(bundle);
        assertEquals(SolidityVerifier.PROOF_BYTES, words.length);
        BigInteger claimed = bundle.publicInputs().statement().value();
        for (int word = 0; word < words.length / 32; word++) {
            byte[] tampered = words.clone();
            tampered[32 * word + 31] ^= 1;
            assertNotEquals(
                    "",
                    registry.refusalTo(sender, "accept", bed.showing(bed.inputs(bundle), claimed, tampered, 0)),
                    "word " + word);
        }
        for (byte[] wrong : List.of(new byte[0], Arrays.copyOf(words, 383), Arrays.copyOf(words, 385))) {
            assertNotEquals(
                    "", registry.refusalTo(sender, "accept", bed.showing(bed.inputs(bundle), claimed, wrong, 0)));
        }
        assertEquals("", registry.refusalTo(sender, "accept", bed.showing(bundle)));
    }

    @Test
    void shouldRefuseAnEpochThatIsTooOld() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        BigInteger claimed = bundle.publicInputs().statement().value();
        assertEquals(
                "Expired",
                registry.refusalTo(
                        sender,
                        "accept",
                        bed.showing(bed.inputs(bundle), claimed, bed.words(bundle), ContractBed.EPOCH + 1)));
        assertEquals(
                "",
                registry.refusalTo(
                        sender,
                        "accept",
                        bed.showing(bed.inputs(bundle), claimed, bed.words(bundle), ContractBed.EPOCH)));
        long last = ContractBed.EPOCH + RegistryUnderTest.EPOCHS_TAKEN - 1;
        registry.send("publishEpoch", registry.epoch(last, FieldElement.of(last)));
        assertEquals("", registry.refusalTo(sender, "accept", bed.showing(bundle)), "the oldest of the epochs taken");
        registry.send("publishEpoch", registry.epoch(last + 1, FieldElement.of(last + 1)));
        assertEquals("Expired", registry.refusalTo(sender, "accept", bed.showing(bundle)));
    }

    @Test
    void shouldKeepTheFirstDigestOfANumberAndReportTheSecond() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle = bed.proof(registry, sender, 1);
        assertEquals("Known", registry.refusal("publishEpoch", registry.epoch(ContractBed.EPOCH, bed.seal())));
        FieldElement second = FieldElement.of(2);
        Receipt reported = registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH, second));
        assertTrue(reported.succeeded());
        assertEquals(List.of("Equivocation"), registry.contract.events(reported.logs()));
        assertEquals(
                bed.seal().value(), registry.view("epochs", ContractBed.EPOCH).get(0));
        assertEquals(BigInteger.ZERO, registry.view("epochOf", second).get(0));
        assertEquals("Equivocated", registry.refusalTo(sender, "accept", bed.showing(bundle)));
        assertEquals(
                "SealOfAnotherEpoch",
                registry.refusal("publishEpoch", registry.epoch(ContractBed.EPOCH + 1, bed.seal())));
    }

    @Test
    void shouldPublishOnlyWhatEnoughNodesSigned() {
        RegistryUnderTest registry = bed.registry();
        FieldElement digest = FieldElement.of(8);
        ChainStatement statement = new ChainStatement.OfEpoch(registry.house, 8, digest.digest());
        byte[] two = registry.signed(statement);
        byte[] one = RegistryUnderTest.signed(statement, registry.nodes, 1);
        byte[] twice = Arrays.copyOf(one, 2 * one.length);
        System.arraycopy(one, 0, twice, one.length, one.length);
        byte[] turned = new byte[two.length];
        System.arraycopy(two, 65, turned, 0, 65);
        System.arraycopy(two, 0, turned, 65, 65);
        List<ChainKey> withStranger = List.of(registry.nodes.get(0), ChainKey.generate());
        assertEquals("TooFewSignatures", registry.refusal("publishEpoch", 8, digest, 1, one));
        assertEquals("SignersNotIncreasing", registry.refusal("publishEpoch", 8, digest, 1, twice));
        assertEquals("SignersNotIncreasing", registry.refusal("publishEpoch", 8, digest, 1, turned));
        assertEquals("BadSignatures", registry.refusal("publishEpoch", 8, digest, 1, Arrays.copyOf(two, 129)));
        assertEquals(
                "NotANode",
                registry.refusal("publishEpoch", 8, digest, 1, RegistryUnderTest.signed(statement, withStranger, 2)));
        for (ChainStatement other : List.of(
                new ChainStatement.OfEpoch(registry.house, 9, digest.digest()),
                new ChainStatement.OfEpoch(registry.house, 8, bed.seal().digest()),
                new ChainStatement.OfEpoch(ContractBed.otherKey(), 8, digest.digest()))) {
            assertNotEquals("", registry.refusal("publishEpoch", 8, digest, 1, registry.signed(other)));
        }
        assertEquals("NotTheSetThatMaySign", registry.refusal("publishEpoch", 8, digest, 2, two));
        assertEquals("EpochNumberZero", registry.refusal("publishEpoch", registry.epoch(0, digest)));
        assertEquals("NotAHash", registry.refusal("publishEpoch", registry.epoch(8, FieldElement.ZERO)));
        assertEquals("NotAHash", registry.refusal("publishEpoch", 8, FieldElement.ORDER, 1, two));
        assertEquals("", registry.refusal("publishEpoch", 8, digest, 1, two));
        assertEquals(
                "",
                registry.refusal("publishEpoch", 8, digest, 1, RegistryUnderTest.signed(statement, registry.nodes, 3)));
    }

    @Test
    void shouldTakeRequestSealsWithTheEvaluatedRootThatTheQuorumSigned() {
        RegistryUnderTest registry = bed.registry();
        FieldElement requests = FieldElement.of(11);
        Receipt sealed = registry.send("publishRequests", requests(registry, requests, 12, 13));
        assertEquals(List.of("RequestsSealed"), registry.contract.events(sealed.logs()));
        assertEquals(
                BigInteger.valueOf(ContractBed.EPOCH),
                registry.view("epochOf", FieldElement.of(13)).get(0));
        assertEquals("Known", registry.refusal("publishRequests", requests(registry, requests, 12, 14)));
        assertEquals(
                "SealOfAnotherEpoch",
                registry.refusal("publishRequests", requests(registry, FieldElement.of(21), 22, 13)));
        assertEquals("NotAHash", registry.refusal("publishRequests", requests(registry, requests, 0, 23)));
        Object[] ofNoEpoch = requests(registry, requests, 12, 13);
        ofNoEpoch[0] = ContractBed.EPOCH + 1;
        assertEquals("EpochDiffers", registry.refusal("publishRequests", ofNoEpoch));
        Object[] ofOtherDigest = requests(registry, requests, 12, 13);
        ofOtherDigest[1] = FieldElement.of(99);
        assertEquals("EpochDiffers", registry.refusal("publishRequests", ofOtherDigest));
        Receipt second = registry.send("publishRequests", requests(registry, requests, 15, 16));
        assertEquals(List.of("Equivocation"), registry.contract.events(second.logs()));
        assertEquals(
                BigInteger.valueOf(12),
                registry.view("evaluatedRoots", ContractBed.EPOCH, requests).get(0));
        assertEquals(true, registry.view("epochs", ContractBed.EPOCH).get(3));
    }

    private static Object[] requests(
            RegistryUnderTest registry, FieldElement requestRoot, long evaluatedRoot, long requestSeal) {
        FieldElement evaluated = FieldElement.of(evaluatedRoot);
        FieldElement sealOfRequests = FieldElement.of(requestSeal);
        ChainStatement statement = new ChainStatement.OfRequests(
                registry.house,
                ContractBed.EPOCH,
                bed.seal().digest(),
                requestRoot.digest(),
                evaluated.digest(),
                sealOfRequests.digest());
        return new Object[] {
            ContractBed.EPOCH, bed.seal(), requestRoot, evaluated, sealOfRequests, 1, registry.signed(statement)
        };
    }

    @Test
    void shouldTakeAProofOfTheHouseOncePerChallenge() {
        RegistryUnderTest registry = bed.registry();
        ChainAddress sender = bed.chain.account(1);
        ProofBundle bundle =
                bed.proved(bed.epoch.requestOfHouse(1, bed.claim, registry.challenge(sender, 1), registry.scope()));
        assertEquals(FieldElement.ZERO, bundle.publicInputs().nullifier());
        List<BigInteger> unnamed = bed.inputs(bundle);
        unnamed.set(4, bed.claim.value().value());
        assertEquals(
                "NotAClaimOfTheHouse",
                registry.refusalTo(sender, "accept", bed.showing(unnamed, unnamed.get(4), bed.words(bundle), 0)));
        List<BigInteger> excess = bed.inputs(bundle);
        excess.set(4, excess.get(4).subtract(BigInteger.TWO));
        assertEquals(
                "NotAClaimOfTheHouse",
                registry.refusalTo(sender, "accept", bed.showing(excess, excess.get(4), bed.words(bundle), 0)));
        assertTrue(registry.sendBy(sender, "accept", bed.showing(bundle)).succeeded());
        assertEquals("ChallengeAnswered", registry.refusalTo(sender, "accept", bed.showing(bundle)));
    }

    @Test
    void shouldCountForOneChainOnly() {
        assertEquals(first.registry.address(), firstOfOtherChain.registry.address(), "the chain alone differs");
        ChainAddress sender = bed.chain.account(1);
        // One signature of the house serves on both chains; one of an act does not.
        Object[] published = first.epoch(ContractBed.EPOCH, bed.seal());
        assertTrue(first.send("publishEpoch", published).succeeded());
        assertTrue(firstOfOtherChain.send("publishEpoch", published).succeeded());
        byte[] pause = RegistryUnderTest.signed(first.of(new RegistryAct.Pause(1)), first.nodes, 1);
        assertEquals("NotANode", firstOfOtherChain.refusal("pause", new Object[] {pause}), "recovers a stranger");
        assertEquals("NotANode", bed.registryOf(first.nodes).refusal("pause", new Object[] {pause}));
        assertEquals("", first.refusal("pause", new Object[] {pause}));
        ProofBundle here = bed.proof(first, sender, 1);
        ProofBundle there = bed.proof(firstOfOtherChain, sender, 1);
        assertNotEquals(here.publicInputs().nullifier(), there.publicInputs().nullifier(), "nothing links the two");
        assertEquals("ChallengeDiffers", firstOfOtherChain.refusalTo(sender, "accept", bed.showing(here)));
        assertEquals("ChallengeDiffers", first.refusalTo(sender, "accept", bed.showing(there)));
        ProofBundle foreignScope =
                bed.proved(bed.epoch.request(1, bed.claim, firstOfOtherChain.challenge(sender, 1), first.scope()));
        assertEquals("ScopeDiffers", firstOfOtherChain.refusalTo(sender, "accept", bed.showing(foreignScope)));
        assertTrue(first.sendBy(sender, "accept", bed.showing(here)).succeeded());
        assertTrue(
                firstOfOtherChain.sendBy(sender, "accept", bed.showing(there)).succeeded());
    }

    @Test
    void shouldDeriveScopeAndChallengeAsWalletsDo() {
        for (int length : new int[] {0, 1, 23, 24, 255}) {
            String purpose = "p".repeat(length);
            assertEquals(
                    Scope.of(first.registry.caip10(), purpose).value().value(),
                    first.view("scopeOf", purpose).get(0),
                    "purpose of " + length + " bytes");
        }
        assertEquals(
                Scope.of(first.registry.caip10(), "Kredit über 10 €").value().value(),
                first.view("scopeOf", "Kredit über 10 €").get(0));
        assertEquals("PurposeTooLong", first.refusal("scopeOf", "p".repeat(256)));
        ChainAddress sender = bed.chain.account(3);
        for (BigInteger nonce : List.of(
                BigInteger.ZERO,
                BigInteger.TEN,
                BigInteger.valueOf(1_999_999_999),
                BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
            assertEquals(
                    Challenge.of(first.registry.caip10(), sender.caip10(bed.chain.id()), nonce.toString())
                            .value()
                            .value(),
                    first.view("challengeOf", sender, nonce).get(0),
                    "nonce " + nonce);
        }
    }

    @Test
    void shouldPayTheGasOfTheTable() throws IOException {
        RegistryUnderTest registry = bed.registryOf(RegistryUnderTest.threeNodes());
        ChainAddress sender = bed.chain.account(4);
        ObjectNode table = new ObjectMapper().createObjectNode();
        table.put("deploy registry with three nodes and one key", registry.deployment.execution());
        Receipt published = registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH, bed.seal()));
        table.put("publish the first epoch", published.execution());
        table.put(
                "publish a later epoch",
                registry.send("publishEpoch", registry.epoch(ContractBed.EPOCH + 2, FieldElement.of(8)))
                        .execution());
        table.put(
                "publish a request seal",
                registry.send("publishRequests", requests(registry, FieldElement.of(11), 12, 13))
                        .execution());
        ProofBundle bundle = bed.proof(registry, sender, 1);
        Receipt verified = bed.chain.send(
                sender,
                bed.verifier.created(),
                bed.contracts.named("Unsafe").call("verifyAtOnce", bed.words(bundle), bed.inputs(bundle)));
        assertTrue(verified.succeeded());
        table.put("verify a proof without the registry", verified.execution());
        Receipt accepted = registry.sendBy(sender, "accept", bed.showing(bundle));
        assertTrue(accepted.succeeded());
        table.put("accept the first proof of an account", accepted.execution());
        Receipt refused = registry.sendBy(sender, "accept", bed.showing(bundle));
        table.put("refuse an account that stands", refused.execution());
        registry.send(
                "publishEpoch",
                registry.epoch(ContractBed.EPOCH + 1, bed.later().digest(bed.library)));
        Receipt renewed = registry.sendBy(sender, "accept", bed.showing(bed.laterProof(registry, sender, 1)));
        assertTrue(renewed.succeeded());
        table.put("accept a later proof of the account", renewed.execution());
        table.put(
                "release",
                registry.sendBy(sender, "release", registry.scope().value()).execution());
        ChainStatement pause = registry.of(new RegistryAct.Pause(1));
        table.put(
                "pause",
                registry.send("pause", new Object[] {RegistryUnderTest.signed(pause, registry.nodes, 1)})
                        .execution());
        table.put(
                "hand over to three nodes",
                registry.send(
                                "rotateNodes",
                                registry.handOver(2, RegistryUnderTest.set(2, registry.nodes), registry.nodes))
                        .execution());
        System.out.printf(
                "gas with the bytes of the transaction: verify %,d, accept %,d, deploy verifier %,d (%,d bytes)%n",
                verified.gas(),
                accepted.gas(),
                bed.verifier.gas(),
                bed.contracts.named("Unsafe").codeBytes());
        assertTrue(verified.gas() <= VERIFICATION_GAS_GOAL, "verification costs " + verified.gas());
        compareWithGolden(table);
    }

    /** Execution alone, so that figures are the same for every proof and key; a change in either direction is seen and explained. */
    private static void compareWithGolden(JsonNode table) throws IOException {
        ObjectMapper json = new ObjectMapper();
        if (Boolean.getBoolean("bulwark.gas.update")) {
            Files.writeString(GAS, json.writerWithDefaultPrettyPrinter().writeValueAsString(table) + "\n");
        }
        assertEquals(
                json.readTree(GAS.toFile()).toPrettyString(),
                table.toPrettyString(),
                "gas changed: run with -Dbulwark.gas.update=true and say why");
    }
}
