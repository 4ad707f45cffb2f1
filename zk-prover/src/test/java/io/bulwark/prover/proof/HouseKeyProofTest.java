package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.RandomVenues;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.prover.wallet.EncryptedBundle;
import io.bulwark.prover.wallet.OwnerWallet;
import io.bulwark.prover.wallet.WitnessBundle;
import io.bulwark.prover.wallet.WitnessBundle.Keys;
import io.bulwark.prover.wallet.WitnessBundle.Recomputed;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.Fit;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real proofs in the shapes that a house takes by itself beside its usual one: of a table in a tree of depth 4, and at many venues. */
@OfProof
final class HouseKeyProofTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SplittableRandom SEED = new SplittableRandom(59);
    private static final RiskTable PLAIN = RandomRiskTable.of(SEED, 6, 20);

    private static Claim claim(RiskTable table, MarginAccount account) {
        return Claim.initialMargin(MarginStatement.of(table, account).initialMargin());
    }

    /** The house hands out a bundle; the owner proves at home; a verifier has the proof's file and the key's, and nothing else. */
    @Test
    void shouldProveOverATableInATreeOfDepthFour() {
        RiskTable deep = RandomVenues.over(SEED, PLAIN);
        RiskTable table = deep.inTreeOf(RiskTable.SMALL_TREE_DEPTH);
        ProofShape shape = new ProofShape(4, 2, 2, 0, 10, Opening.DIRECT, TableStructure.of(table));
        MarginAccount account = RandomVenues.paying(SEED, table, shape);
        Prover prover = TestKeys.prover(shape);
        try (TestEpoch epoch = TestEpoch.of(LIBRARY, table, List.of(account))) {
            WitnessRequest ofHouse = epoch.request(0, claim(table, account));
            SecureRandom random = new SecureRandom();
            OwnerWallet wallet = OwnerWallet.around(
                    ofHouse.owner().orElseThrow(), ofHouse.leaf().number(), random);
            Digest key = prover.keys().verifyingKey().identity();
            WitnessBundle bundle = wallet.open(EncryptedBundle.decode(EncryptedBundle.of(
                            new WitnessBundle(
                                    ofHouse.epoch(),
                                    ofHouse.leaf(),
                                    ofHouse.path(),
                                    table,
                                    Optional.empty(),
                                    epoch.margin(0),
                                    new Keys(shape.label(), key)),
                            wallet.bundleKey())
                    .encode()));
            assertEquals(table, bundle.table());
            assertEquals(Recomputed.ALL, bundle.check(LIBRARY, wallet.key()));
            WitnessRequest atHome = bundle.request(wallet.key(), TestEpoch.CHALLENGE, TestEpoch.SCOPE, ofHouse.claim());
            Proving.Proved proved = assertInstanceOf(Proving.Proved.class, prover.prove(epoch.table(), atHome));
            ProofBundle file = ProofBundle.ofJson(proved.bundle().toJson());
            VerifyingKey shown = VerifyingKey.of(prover.keys().verifyingKey().encode());
            assertEquals(
                    new Verification.Valid(atHome.publicInputs(LIBRARY)), new Verifier(LIBRARY, shown).verify(file));
            assertInstanceOf(
                    Proving.Refused.class,
                    prover.prove(
                            epoch.table(),
                            epoch.request(0, Claim.initialMargin(ofHouse.claim().m() - 1))));
            // Of depth 5 it is another table, whose root no proof in this shape opens.
            try (TestEpoch other = TestEpoch.of(LIBRARY, deep, List.of(account))) {
                assertEquals(
                        "TABLE_SHAPE_DIFFERS",
                        refused(prover.constraints().solve(other.table(), other.request(0, claim(deep, account)))));
            }
        }
    }

    @Test
    void shouldProveAnAccountAtFiveVenuesWithTheLargeKeyByItself() {
        RiskTable table = RandomVenues.overMany(SEED, PLAIN);
        ProofShape large = ProofShape.large(table);
        ProofShape usual = ProofShape.standard(table);
        MarginAccount account = Stream.generate(() -> RandomVenues.paying(SEED, table, usual))
                .limit(400)
                .filter(drawn -> usual.fit(table, drawn).equals(new Fit.TooLarge("standings at venues", 5, 4)))
                .findFirst()
                .orElseThrow();
        ProofShape shape = ProofShape.of(table, account);
        assertEquals(large, shape);
        Prover prover = TestKeys.prover(shape);
        System.out.println("large key over five venues: "
                + prover.keys().verifyingKey().record().constraints() + " constraints, " + shape.label());
        try (TestEpoch epoch = TestEpoch.of(LIBRARY, table, List.of(account))) {
            WitnessRequest request = sealed(prover, epoch, claim(table, account));
            Proving proving = prover.prove(epoch.table(), request);
            Proving.Proved proved = assertInstanceOf(Proving.Proved.class, proving, proving.toString());
            assertEquals(
                    new Verification.Valid(request.publicInputs(LIBRARY)),
                    prover.verifier().verify(proved.bundle()));
            MarginAccount far = RandomVenues.farther(account);
            Claim less = claim(table, far);
            assertTrue(less.m() < request.claim().m());
            assertInstanceOf(Proving.Refused.class, prover.prove(epoch.table(), sealed(prover, epoch, less)));
        }
    }

    private static WitnessRequest sealed(Prover prover, TestEpoch epoch, Claim claim) {
        return epoch.sealed(prover.keys().shape().opening(), prover.constraints(), epoch.request(0, claim))
                .orElseThrow();
    }

    private static String refused(Answer<?> answer) {
        return assertInstanceOf(Answer.Refused.class, answer, answer.toString())
                .refusal()
                .code();
    }
}
