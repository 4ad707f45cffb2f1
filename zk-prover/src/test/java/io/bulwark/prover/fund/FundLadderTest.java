package io.bulwark.prover.fund;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.document.Digest;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.prover.DayHouse;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.AccountLeaf;
import io.bulwark.prover.commitment.AccountLeaf.Format;
import io.bulwark.prover.commitment.AccountTree;
import io.bulwark.prover.commitment.EpochCommitment;
import io.bulwark.prover.commitment.MarginLeaf;
import io.bulwark.prover.commitment.RiskTableTree;
import io.bulwark.prover.proof.CircuitKeys;
import io.bulwark.prover.proof.SetupProgress;
import io.bulwark.prover.proof.Verifier;
import io.bulwark.tier.BuildCache;
import io.bulwark.tier.OfProof;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One key proves the fund of epochs that differ in accounts, members, what is listed and what happened: they stand on one rung. */
@OfProof
final class FundLadderTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final FieldElement HOUSE = EpochCommitment.house(digest("founding document"));
    private static final long EPOCH = 7;

    private record Epoch(DayHouse day, List<FundRequest.Account> accounts, EpochCommitment commitment) {
        static Epoch of(DayHouse day, int accounts, int members) {
            List<FundRequest.Account> of = IntStream.range(0, accounts)
                    .mapToObj(number -> new AccountLeaf(
                            Format.AT_VENUES,
                            number,
                            AccountLeaf.drawSalt(RANDOM),
                            AccountLeaf.drawSalt(RANDOM),
                            day.account()))
                    .map(leaf -> new FundRequest.Account(leaf, margin(leaf, members)))
                    .toList();
            return new Epoch(day, of, sealed(day.vault(), of));
        }

        Answer<FundProver.Proved> prove(FundProver prover, RiskTable vault, long fund) {
            return prover.prove(vault, new FundRequest(commitment, accounts, fund));
        }
    }

    private static MarginLeaf margin(AccountLeaf leaf, int members) {
        FieldElement salt = MarginLeaf.salt(HOUSE, EPOCH, leaf.salt());
        return new MarginLeaf((int) leaf.number(), (int) leaf.number() % members, 1_000, 1_000, 1_000_000, 0, salt);
    }

    private static EpochCommitment sealed(RiskTable table, List<FundRequest.Account> of) {
        TreeMap<Long, FieldElement> leaves = new TreeMap<>();
        TreeMap<Long, FieldElement> margins = new TreeMap<>();
        of.forEach(account -> {
            leaves.put(account.leaf().number(), account.leaf().hash(LIBRARY).orElseThrow());
            margins.put(account.leaf().number(), account.margin().hash(LIBRARY));
        });
        try (RiskTableTree vault = RiskTableTree.open(LIBRARY, table).orElseThrow();
                AccountTree tree = AccountTree.open(LIBRARY);
                AccountTree marginTree = AccountTree.open(LIBRARY)) {
            tree.update(leaves);
            marginTree.update(margins);
            return new EpochCommitment(
                    HOUSE,
                    EPOCH,
                    FieldElement.of(6),
                    tree.root(),
                    FieldElement.of(8),
                    digest("table"),
                    digest("parameters"),
                    digest("inputs"),
                    FieldElement.ZERO,
                    vault.root(),
                    FieldElement.ZERO,
                    marginTree.root());
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldProveTheFundOfTwoEpochsWithOneKey() {
        Epoch quiet = Epoch.of(DayHouse.DAYS.getFirst(), 2, 2);
        Epoch busy = Epoch.of(DayHouse.DAYS.getLast(), 4, 3);
        assertNotEquals(
                quiet.day().vault().assets().size(), busy.day().vault().assets().size());
        FundShape shape = shape(quiet.day().vault());
        assertEquals(shape, shape(busy.day().vault()));
        CircuitKeys keys = CircuitKeys.prepare(LIBRARY, shape, BuildCache.keys(), SetupProgress.SILENT);
        System.out.println("one key of the fund, " + shape.label() + ": "
                + keys.verifyingKey().record().constraints() + " constraints");
        try (FundProver prover = FundProver.open(LIBRARY, keys)) {
            for (Epoch epoch : List.of(quiet, busy)) {
                FundProver.Proved proved =
                        epoch.prove(prover, epoch.day().vault(), 1L << 40).orElseThrow();
                assertTrue(proved.need() > 0);
                assertInstanceOf(
                        Verifier.Verification.Valid.class,
                        new Verifier(LIBRARY, keys.verifyingKey()).verify(proved.proof()));
                assertInstanceOf(
                        Answer.Given.class, epoch.prove(prover, epoch.day().vault(), proved.need()));
                assertEquals(
                        "CLAIM_NOT_MET", code(epoch.prove(prover, epoch.day().vault(), proved.need() - 1)));
            }
            assertEquals(
                    "TABLE_ROOT_DIFFERS", code(quiet.prove(prover, busy.day().vault(), 1L << 40)));
            RiskTable grid = quiet.day().vault(ParameterSet.founding().with(ScenarioParameters.DESIGN, 0));
            Epoch off = new Epoch(quiet.day(), quiet.accounts(), sealed(grid, quiet.accounts()));
            assertEquals("TABLE_SHAPE_DIFFERS", code(off.prove(prover, grid, 1L << 40)));
        }
    }

    private static FundShape shape(RiskTable vault) {
        return FundShape.of("1-1-1-3-12-3", vault.rowCount()).with(Format.AT_VENUES);
    }

    /** What a house's own keys hold decides which it is, and nothing of the day inside it. */
    @Test
    void shouldStandOnTheSameRungOnEveryDay() {
        for (DayHouse day : DayHouse.DAYS) {
            assertEquals("2-16-8-64-16-32-16-10", FundShape.rung(day.vault(), 3).label());
            assertEquals(
                    "2-16-8-64-16-32-16-10", FundShape.rung(day.vault(), 16).label());
            assertEquals(
                    "3-16-8-128-64-32-64-10", FundShape.rung(day.vault(), 17).label());
            assertEquals(
                    "3-16-8-128-64-32-64-10", FundShape.rung(day.vault(), 65).label());
        }
    }

    private static String code(Answer<?> answer) {
        return assertInstanceOf(Answer.Refused.class, answer, answer.toString())
                .refusal()
                .code();
    }
}
