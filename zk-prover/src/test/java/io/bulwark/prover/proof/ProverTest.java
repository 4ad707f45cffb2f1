package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomAccount;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.RefusalKind;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.OwnerKey;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.prover.witness.PublicInputs;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Proofs through the whole of Java and Go: what is true proves and verifies, and whatever is changed is refused. */
@OfProof
final class ProverTest {
    private static final long SEED = 31;
    private static final RiskTable TABLE = RandomRiskTable.of(new SplittableRandom(SEED), 6, 20);

    private static ProverLibrary library;
    private static Prover prover;
    private static MarginAccount account;
    private static long initialMargin;
    private static TestEpoch epoch;
    private static ProofBundle bundle;

    @BeforeAll
    static void prove() {
        library = ProverLibrary.load();
        prover = TestKeys.prover(TestKeys.TINY);
        account = RandomAccount.indebted(new SplittableRandom(SEED), TABLE, TestKeys.TINY);
        initialMargin = margin(TABLE, account);
        epoch = TestEpoch.of(library, TABLE, List.of(MarginAccount.EMPTY, account));
        bundle = proved(prover.prove(epoch.table(), epoch.request(1, Claim.initialMargin(initialMargin))))
                .bundle();
    }

    @AfterAll
    static void close() {
        epoch.close();
    }

    private static long margin(RiskTable table, MarginAccount account) {
        return assertInstanceOf(MarginStatement.class, PortfolioMargin.evaluate(table, account))
                .initialMargin();
    }

    private static Proving.Proved proved(Proving proving) {
        return assertInstanceOf(Proving.Proved.class, proving, proving.toString());
    }

    @Test
    void shouldShowTheFivePublicInputsInTheirOrder() {
        WitnessRequest request = epoch.request(1, Claim.initialMargin(initialMargin));
        PublicInputs inputs = bundle.publicInputs();
        assertEquals(epoch.commitment().digest(library), inputs.seal());
        assertEquals(TestEpoch.CHALLENGE.value(), inputs.challenge());
        assertEquals(TestEpoch.SCOPE.value(), inputs.scope());
        assertEquals(
                request.owner()
                        .orElseThrow()
                        .nullifier(
                                library,
                                epoch.commitment().house(),
                                7,
                                TestEpoch.SCOPE,
                                epoch.leaf(1).number()),
                inputs.nullifier());
        assertEquals(Claim.initialMargin(initialMargin), Claim.of(inputs.statement()));
        assertEquals(inputs, PublicInputs.ofBytes(inputs.bytes()));
    }

    @Test
    void shouldVerifyFromKeyProofAndPublicInputsAlone() {
        VerifyingKey key = VerifyingKey.of(prover.keys().verifyingKey().encode());
        ProofBundle read = ProofBundle.ofJson(bundle.toJson());
        assertEquals(new Verification.Valid(bundle.publicInputs()), new Verifier(library, key).verify(read));
    }

    @Test
    void shouldRefuseEveryChangedPublicInput() {
        byte[] inputs = bundle.publicInputs().bytes();
        for (int i = 0; i < inputs.length; i++) {
            byte[] changed = inputs.clone();
            changed[i] ^= 1;
            assertRefused(prover.keys().verifyingKey().bytes(), bundle.proof().bytes(), changed, "public byte " + i);
        }
    }

    @Test
    void shouldRefuseEveryChangedByteOfTheProof() {
        byte[] proof = bundle.proof().bytes();
        for (int i = 0; i < proof.length; i++) {
            byte[] changed = proof.clone();
            changed[i] ^= (byte) (1 << (i % 8));
            assertRefused(
                    prover.keys().verifyingKey().bytes(),
                    changed,
                    bundle.publicInputs().bytes(),
                    "proof byte " + i);
        }
    }

    @Test
    void shouldRefuseAVerifyingKeyWithAChangedByte() {
        byte[] file = prover.keys().verifyingKey().encode();
        for (int i = 0; i < file.length; i += 5) {
            byte[] changed = file.clone();
            changed[i] ^= 4;
            assertTrue(isRefused(changed), "key byte " + i);
        }
    }

    /** As no key file, or as the key of another record than the proof names. */
    private static boolean isRefused(byte[] file) {
        try {
            return new Verifier(library, VerifyingKey.of(file)).verify(bundle) instanceof Verification.Invalid;
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    @Test
    void shouldRefusePublicInputsPlusTheOrder() {
        byte[] inputs = bundle.publicInputs().bytes();
        for (int i = 0; i < PublicInputs.COUNT; i++) {
            byte[] aliased = inputs.clone();
            FieldElement element = bundle.publicInputs().elements().get(i);
            byte[] sum = element.value().add(FieldElement.ORDER).toByteArray();
            System.arraycopy(new byte[32], 0, aliased, 32 * i, 32);
            int length = Math.min(32, sum.length);
            System.arraycopy(sum, sum.length - length, aliased, 32 * (i + 1) - length, length);
            assertRefused(prover.keys().verifyingKey().bytes(), bundle.proof().bytes(), aliased, "input " + i + " + r");
        }
    }

    private static void assertRefused(byte[] key, byte[] proof, byte[] inputs, String what) {
        assertInstanceOf(Answer.Refused.class, library.verify(key, proof, inputs), what + " must be refused");
    }

    @Test
    void shouldRefuseABundleOfAnotherKey() {
        ProofBundle foreign = new ProofBundle(Digest.sha256(new byte[1]), bundle.proof(), bundle.publicInputs());
        assertInstanceOf(Verification.Invalid.class, prover.verifier().verify(foreign));
        assertEquals(Optional.of(prover.keys().verifyingKey()), VerifyingKey.named(BuildCache.keys(), bundle.key()));
    }

    @Test
    void shouldRefuseAClaimOfAnyOtherMargin() {
        for (long wrong : new long[] {initialMargin - 1, initialMargin + 1, 0, Long.MAX_VALUE}) {
            assertRefusal(epoch.request(1, Claim.initialMargin(wrong)), RefusalKind.CLAIM_NOT_TRUE);
        }
    }

    @Test
    void shouldRefuseAnotherOwnersKey() {
        WitnessRequest honest = epoch.request(1, Claim.initialMargin(initialMargin));
        WitnessRequest stolen = new WitnessRequest(
                honest.epoch(),
                honest.leaf(),
                Optional.of(OwnerKey.draw(new SecureRandom())),
                honest.path(),
                honest.challenge(),
                honest.scope(),
                honest.claim());
        assertRefusal(stolen, RefusalKind.NO_PROOF);
    }

    @Test
    void shouldRefuseAnAccountThatIsNotInTheTree() {
        try (TestEpoch other = TestEpoch.of(library, TABLE, List.of(account, account))) {
            WitnessRequest honest = other.request(1, Claim.initialMargin(initialMargin));
            WitnessRequest moved = new WitnessRequest(
                    epoch.commitment(),
                    honest.leaf(),
                    honest.owner(),
                    honest.path(),
                    honest.challenge(),
                    honest.scope(),
                    honest.claim());
            assertRefusal(moved, RefusalKind.NO_PROOF);
        }
    }

    @Test
    void shouldRefuseATableOfAnotherEpoch() {
        RiskTable foreign = RandomRiskTable.of(new SplittableRandom(SEED + 1), 6, 20);
        try (TestEpoch other = TestEpoch.of(library, foreign, List.of(account))) {
            Proving proving = prover.prove(other.table(), epoch.request(0, Claim.initialMargin(0)));
            assertEquals(
                    RefusalKind.NO_PROOF,
                    assertInstanceOf(Proving.Refused.class, proving).refusal().kind());
        }
    }

    private static void assertRefusal(WitnessRequest request, RefusalKind kind) {
        var refused = assertInstanceOf(Proving.Refused.class, prover.prove(epoch.table(), request));
        assertEquals(kind, refused.refusal().kind(), refused.toString());
        assertFalse(
                refused.toString().contains(Long.toString(initialMargin)), "a refusal must hold no value: " + refused);
    }

    @Test
    void shouldProveForTheHouseOnlyTheMarginOfANamedAccount() {
        WitnessRequest owners = epoch.request(
                1, Claim.initialMargin(initialMargin).naming(epoch.leaf(1).number()));
        WitnessRequest house = new WitnessRequest(
                owners.epoch(),
                owners.leaf(),
                Optional.empty(),
                owners.path(),
                owners.challenge(),
                owners.scope(),
                owners.claim());
        ProofBundle shown = proved(prover.prove(epoch.table(), house)).bundle();
        assertEquals(FieldElement.ZERO, shown.publicInputs().nullifier());
        assertEquals(owners.claim(), Claim.of(shown.publicInputs().statement()));
    }

    @Test
    void shouldGiveFreshProofsOfOneRequestTheSameNullifier() {
        ProofBundle again = proved(prover.prove(epoch.table(), epoch.request(1, Claim.initialMargin(initialMargin))))
                .bundle();
        assertEquals(bundle.publicInputs(), again.publicInputs());
        assertFalse(bundle.proof().equals(again.proof()), "a proof is drawn at random and never a replay key");
    }

    @Test
    void shouldReadAnotherEpochsTableInEveryOfManyConcurrentProofs() throws Exception {
        record Job(TestEpoch epoch, long margin) {}
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RiskTable table = RandomRiskTable.of(new SplittableRandom(1000 + i), 6, 20);
            MarginAccount some = RandomAccount.indebted(new SplittableRandom(i), table, TestKeys.TINY);
            jobs.add(new Job(TestEpoch.of(library, table, List.of(some)), margin(table, some)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Proving>> proofs = IntStream.range(0, 4 * jobs.size())
                    .mapToObj(i -> jobs.get(i % jobs.size()))
                    .map(job -> threads.submit(() ->
                            prover.prove(job.epoch.table(), job.epoch.request(0, Claim.initialMargin(job.margin)))))
                    .toList();
            for (Future<Proving> proof : proofs) {
                proved(proof.get());
            }
        }
        jobs.forEach(job -> job.epoch.close());
    }

    @Test
    void shouldRefuseToProveWithAClosedTableOrCircuit() {
        WitnessRequest request = epoch.request(1, Claim.initialMargin(initialMargin));
        try (TestEpoch other = TestEpoch.of(library, TABLE, List.of(account))) {
            other.table().close();
            assertThrows(IllegalStateException.class, () -> prover.prove(other.table(), request));
        }
        Prover closed = Prover.open(library, prover.keys());
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.prove(epoch.table(), request));
    }

    @Test
    void shouldSurviveMutilatedRequests() {
        byte[] request = epoch.request(1, Claim.initialMargin(initialMargin)).encode();
        SplittableRandom random = new SplittableRandom(SEED);
        try (var circuit = library.openCircuit(prover.keys().openRequest()).orElseThrow()) {
            for (int i = 0; i < 300; i++) {
                byte[] changed = request.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                library.solve(circuit, epoch.table().handle(), changed);
                byte[] cut = Arrays.copyOf(request, random.nextInt(request.length));
                assertInstanceOf(
                        Answer.Refused.class,
                        library.solve(circuit, epoch.table().handle(), cut));
            }
        }
        assertArrayEquals(
                request, epoch.request(1, Claim.initialMargin(initialMargin)).encode());
    }

    @Test
    void shouldReportWhatAProofTook() {
        ProvingCost cost = proved(prover.prove(epoch.table(), epoch.request(1, Claim.initialMargin(initialMargin))))
                .cost();
        assertEquals(TestKeys.TINY, cost.shape());
        assertEquals(prover.keys().constraints(), cost.constraints());
    }
}
