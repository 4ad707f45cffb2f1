package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.CanonicalReader;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Challenge;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.MarginOpening;
import io.bulwark.prover.commitment.MarginSample;
import io.bulwark.prover.commitment.Scope;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A house that shows of every account that the margin which its epoch seals is the formula's. */
@OfProof
final class MarginProofsTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(1), 6, 20);
    private static final List<MarginAccount> ACCOUNTS = LongStream.of(1L << 40, 5, -(1L << 30))
            .mapToObj(cash -> new MarginAccount(cash, List.of(), List.of(), List.of(), List.of()))
            .toList();
    private static final TestEpoch EPOCH = TestEpoch.of(LIBRARY, TABLE, ACCOUNTS);

    @AfterAll
    static void close() {
        EPOCH.close();
    }

    @Test
    void shouldProveEveryAccountAndSayNoMoreThanItsNumber() {
        Prover prover = TestKeys.prover(TestKeys.TINY);
        TreeMap<Long, Proof> proofs = new TreeMap<>();
        for (int account = 0; account < ACCOUNTS.size(); account++) {
            Proving proving = prover.prove(EPOCH.table(), EPOCH.requestOfMargin(account));
            Proving.Proved proved = assertInstanceOf(Proving.Proved.class, proving, "account " + account);
            proofs.put(EPOCH.leaf(account).number(), proved.bundle().proof());
        }
        Digest key = prover.keys().verifyingKey().identity();
        MarginProofs made = new MarginProofs(key, EPOCH.commitment().digest(LIBRARY), proofs);
        MarginProofs read = MarginProofs.decode(made.encode());
        assertEquals(made, read);
        read.proofs()
                .forEach((number, proof) -> assertInstanceOf(
                        Verifier.Verification.Valid.class,
                        prover.verifier().verify(new ProofBundle(key, proof, read.publicInputs(number))),
                        "account " + number));
        Proof first = Objects.requireNonNull(read.proofs().get(EPOCH.leaf(0).number()));
        assertInstanceOf(
                Verifier.Verification.Invalid.class,
                prover.verifier()
                        .verify(new ProofBundle(
                                key, first, read.publicInputs(EPOCH.leaf(1).number()))),
                "one account's proof is no other's");
    }

    @Test
    void shouldRefuseALeafThatIsNotTheFormulas() {
        MarginLeaf sealed = EPOCH.margin(0).leaf();
        MarginLeaf off = new MarginLeaf(
                sealed.number(),
                sealed.member(),
                sealed.initialMargin(),
                sealed.maintenanceMargin(),
                sealed.equity(),
                sealed.buffer(),
                FieldElement.of(4711));
        WitnessRequest request = WitnessRequest.ofMargin(
                EPOCH.commitment(),
                EPOCH.leaf(0),
                EPOCH.requestOfMargin(0).path(),
                new MarginOpening(off, EPOCH.margin(0).path()));
        var refused = assertInstanceOf(
                Answer.Refused.class, TestKeys.constraints(TestKeys.TINY).solve(EPOCH.table(), request));
        assertEquals("CLAIM_NOT_MET", refused.refusal().code());
    }

    @Test
    void shouldBeShownToEverybodyAndByTheHouseAlone() {
        WitnessRequest request = EPOCH.requestOfMargin(0);
        Claim claim = Claim.marginIsSealed(request.leaf().number());
        assertThrows(
                IllegalArgumentException.class,
                () -> EPOCH.request(0, claim),
                "an owner proves other things, in a conversation");
        assertThrows(
                IllegalArgumentException.class,
                () -> EPOCH.requestOfHouse(0, claim, Challenge.NONE, Scope.NONE),
                "without the leaf");
    }

    @Test
    void shouldRefuseFilesThatAreNotByNumber() {
        Proof proof = Proof.of(oneCommitment());
        byte[] encoding = new MarginProofs(
                        digest("key"), FieldElement.of(7), new TreeMap<>(Map.of(3L, proof, 9L, proof)))
                .encode();
        List<CanonicalValue> fields = new ArrayList<>(((CanonicalValue.Array) CanonicalReader.read(encoding)).values());
        List<CanonicalValue> proofs = new ArrayList<>(((CanonicalValue.Array) fields.get(4)).values());
        Collections.reverse(proofs);
        fields.set(4, CanonicalValue.array(proofs));
        refuses(CanonicalValue.array(fields).encode());
        fields.set(4, CanonicalValue.array(List.of(proofs.getFirst(), proofs.getFirst())));
        refuses(CanonicalValue.array(fields).encode());
        refuses(Arrays.copyOf(encoding, encoding.length - 1));
    }

    private static void refuses(byte[] encoding) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> MarginProofs.decode(encoding));
        assertTrue(String.valueOf(refused.getMessage()).contains("margin proofs'"), refused::toString);
    }

    private static byte[] oneCommitment() {
        byte[] bytes = new byte[Proof.BYTES];
        bytes[131] = 1;
        return bytes;
    }

    /** Whoever knows the beacon draws the same accounts; another beacon, source or epoch draws others. */
    @Test
    void shouldDrawTheSampleAnew() {
        FieldElement house = FieldElement.of(11);
        FieldElement epoch = FieldElement.of(12);
        MarginSample sample = new MarginSample(digest("beacon"), "drand round 1", 40);
        SortedSet<Integer> drawn = sample.places(house, 7, epoch, 1_000);
        assertEquals(40, drawn.size());
        assertEquals(drawn, sample.places(house, 7, epoch, 1_000));
        assertNotEquals(drawn, sample.places(house, 8, epoch, 1_000));
        assertNotEquals(drawn, sample.places(house, 7, house, 1_000));
        assertNotEquals(drawn, new MarginSample(digest("other"), "drand round 1", 40).places(house, 7, epoch, 1_000));
        assertNotEquals(drawn, new MarginSample(digest("beacon"), "drand round 2", 40).places(house, 7, epoch, 1_000));
        assertEquals(5, sample.places(house, 7, epoch, 5).size(), "all, where the sample is larger");
        assertThrows(IllegalArgumentException.class, () -> new MarginSample(digest("beacon"), "nonce", 0));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
