package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.prover.RandomRiskTable;
import io.bulwark.prover.RandomVenues;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.binding.ProverRefusal;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.ProofShape.Fit;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An account with standings, over a table that lists venues, with a real key: what is true proves and verifies,
 * and no other standing does.
 */
@OfProof
final class VenueProofTest {
    private static final long SEED = 47;
    private static final RiskTable PLAIN = RandomRiskTable.of(new SplittableRandom(SEED), 6, 20);
    private static final RiskTable TABLE = RandomVenues.over(new SplittableRandom(SEED), PLAIN);
    private static final ProofShape SHAPE = TestKeys.TINY_AT_VENUES;

    private static ProverLibrary library;
    private static Prover prover;
    private static MarginAccount account;
    private static MarginAccount another;
    private static long margin;
    private static TestEpoch epoch;

    @BeforeAll
    static void seal() {
        library = ProverLibrary.load();
        prover = TestKeys.prover(SHAPE);
        account = RandomVenues.paying(new SplittableRandom(SEED), TABLE, SHAPE);
        another = RandomVenues.paying(new SplittableRandom(SEED + 1), TABLE, SHAPE);
        margin = MarginStatement.of(TABLE, account).initialMargin();
        epoch = TestEpoch.of(library, TABLE, List.of(another, account));
    }

    @AfterAll
    static void close() {
        epoch.close();
    }

    private static long marginOf(MarginAccount drawn) {
        return MarginStatement.of(TABLE, drawn).initialMargin();
    }

    @Test
    void shouldProveTheMarginWithWhatVenuesMayClose() {
        WitnessRequest request = epoch.request(1, Claim.initialMargin(margin));
        Proving.Proved proved = assertInstanceOf(Proving.Proved.class, prover.prove(epoch.table(), request));
        assertEquals(
                new Verification.Valid(request.publicInputs(library)),
                prover.verifier().verify(proved.bundle()));
        for (long beside : new long[] {margin - 1, margin + 1}) {
            Proving.Refused refused = assertInstanceOf(
                    Proving.Refused.class, prover.prove(epoch.table(), epoch.request(1, Claim.initialMargin(beside))));
            assertEquals("CLAIM_NOT_MET", refused.refusal().code());
        }
    }

    /** A house may be founded with a smaller tree of its tables: the same integer, in a shape of its own. */
    @Test
    void shouldSolveOverATableInATreeOfDepthFour() {
        for (RiskTable plain : List.of(TABLE, PLAIN)) {
            RiskTable shallow = plain.inTreeOf(RiskTable.SMALL_TREE_DEPTH);
            MarginAccount held = plain.equals(TABLE) ? account : MarginAccount.EMPTY;
            ProofShape shape = new ProofShape(4, 2, 2, 0, 10, Opening.DIRECT, TableStructure.of(shallow));
            try (TestEpoch other = TestEpoch.of(library, shallow, List.of(held))) {
                WitnessRequest request = other.request(
                        0, Claim.initialMargin(MarginStatement.of(plain, held).initialMargin()));
                Answer<?> solved = TestKeys.constraints(shape).solve(other.table(), request);
                assertInstanceOf(Answer.Given.class, solved, solved::toString);
                ProofShape usual = new ProofShape(4, 2, 2, 0, 10, Opening.DIRECT, TableStructure.of(plain));
                assertEquals(
                        "TABLE_SHAPE_DIFFERS",
                        refused(TestKeys.constraints(usual).solve(other.table(), request))
                                .code());
            }
        }
    }

    /** Better standings would ask for less: they are in the leaf, so no request with others leads to the sealed root. */
    @Test
    void shouldRefuseStandingsThatTheEpochDoesNotSeal() {
        List<Standing> sealed = account.standings();
        for (List<Standing> claimed : List.of(
                RandomVenues.better(sealed, 0, 1),
                RandomVenues.better(sealed, 0, 1L << 40),
                RandomVenues.better(sealed, 0, -1),
                exchanged(sealed),
                another.standings())) {
            MarginAccount changed = RandomVenues.standing(account, claimed);
            ProverRefusal refusal = refusal(new AccountLeaf(
                    Format.AT_VENUES,
                    epoch.leaf(1).number(),
                    epoch.leaf(1).owner(),
                    epoch.leaf(1).salt(),
                    changed));
            assertTrue(
                    refusal.code().equals("LEAF_NOT_IN_TREE") || refusal.code().equals("NO_STANDING"),
                    refusal::toString);
        }
    }

    private static List<Standing> exchanged(List<Standing> standings) {
        Standing first = standings.getFirst();
        Standing second = standings.get(1);
        return List.of(new Standing(first.venue(), second.distance()), new Standing(second.venue(), first.distance()));
    }

    /** In another epoch they may be sealed: then the proof is of that epoch, and says so. */
    @Test
    void shouldShowWhichEpochTheStandingsAreOf() {
        MarginAccount better = RandomVenues.standing(account, RandomVenues.better(account.standings(), 0, 1L << 40));
        try (TestEpoch other = TestEpoch.of(library, TABLE, List.of(another, better))) {
            assertTrue(marginOf(better) < margin);
            Proving.Proved proved = assertInstanceOf(
                    Proving.Proved.class,
                    prover.prove(other.table(), other.request(1, Claim.initialMargin(marginOf(better)))));
            assertNotEquals(
                    epoch.commitment().digest(library),
                    proved.bundle().publicInputs().seal());
        }
    }

    @Test
    void shouldRefuseAnAccountWithoutAStandingByName() {
        MarginAccount bare = RandomVenues.standing(account, List.of());
        Fit.WithoutStanding without = assertInstanceOf(Fit.WithoutStanding.class, SHAPE.fit(TABLE, bare));
        assertTrue(List.of("pool", "exchange", "chain").contains(without.venue()), without::message);
        try (TestEpoch other = TestEpoch.of(library, TABLE, List.of(bare))) {
            WitnessRequest request = other.request(0, Claim.initialMargin(marginOf(bare)));
            assertInstanceOf(Proving.NoProofInThisShape.class, prover.prove(other.table(), request));
            assertEquals(
                    "NO_STANDING",
                    refused(prover.constraints().solve(other.table(), request)).code());
        }
    }

    /** A leaf without standings opens in no circuit over venues, nor one with standings in another. */
    @Test
    void shouldRefuseLeavesAndTablesOfTheOtherFormat() {
        AccountLeaf sealed = epoch.leaf(1);
        AccountLeaf plain = new AccountLeaf(
                Format.WITHOUT_VENUES,
                sealed.number(),
                sealed.owner(),
                sealed.salt(),
                new MarginAccount(5, List.of(), List.of(), List.of(), List.of()));
        assertEquals("FORMAT_DIFFERS", refusal(plain).code());
        Constraints older = TestKeys.constraints(TestKeys.TINY);
        assertEquals(
                "TABLE_SHAPE_DIFFERS",
                refused(older.solve(epoch.table(), epoch.request(1, Claim.initialMargin(margin))))
                        .code());
        try (TestEpoch other = TestEpoch.of(library, PLAIN, List.of(plain.account()))) {
            assertEquals(
                    "TABLE_SHAPE_DIFFERS",
                    refused(prover.constraints().solve(other.table(), other.request(0, Claim.initialMargin(0))))
                            .code());
            WitnessRequest honest = other.request(0, Claim.initialMargin(0));
            AccountLeaf dressed = new AccountLeaf(
                    Format.AT_VENUES,
                    honest.leaf().number(),
                    honest.leaf().owner(),
                    honest.leaf().salt(),
                    honest.leaf().account());
            assertEquals(
                    "FORMAT_DIFFERS",
                    refused(older.solve(other.table(), with(honest, dressed))).code());
        }
    }

    private static ProverRefusal refusal(AccountLeaf leaf) {
        WitnessRequest honest = epoch.request(1, Claim.initialMargin(margin));
        return refused(prover.constraints().solve(epoch.table(), with(honest, leaf)));
    }

    private static WitnessRequest with(WitnessRequest honest, AccountLeaf leaf) {
        return new WitnessRequest(
                honest.epoch(),
                leaf,
                honest.owner(),
                honest.path(),
                honest.challenge(),
                honest.scope(),
                honest.claim(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static ProverRefusal refused(Answer<?> answer) {
        return assertInstanceOf(Answer.Refused.class, answer, answer.toString()).refusal();
    }
}
