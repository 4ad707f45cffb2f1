package io.bulwark.prover.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.buffer.HouseBook;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.publication.PublishedMargins;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.prover.DayHouse;
import io.bulwark.prover.TestEpoch;
import io.bulwark.prover.TestKeys;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.ProverLibrary;
import io.bulwark.prover.commitment.Claim;
import io.bulwark.prover.commitment.Opening;
import io.bulwark.prover.proof.Prover.Proving;
import io.bulwark.prover.proof.Verifier.Verification;
import io.bulwark.prover.witness.ProofShape;
import io.bulwark.prover.witness.TableStructure;
import io.bulwark.prover.witness.WitnessRequest;
import io.bulwark.tier.OfProof;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * One proving key opens the tables of days that differ in what happened: replays, pegs, and none, one or two accepted
 * submissions.
 */
@OfProof
final class SkeletonKeyTest {
    private static final ProverLibrary LIBRARY = ProverLibrary.load();

    /** As small as an account of the days needs; everything of the table is the house's. */
    private static ProofShape small(RiskTable table) {
        return new ProofShape(
                ProofShape.Statement.CLAIM,
                2,
                2,
                3,
                0,
                10,
                Opening.DIRECT,
                TableStructure.of(table),
                1,
                Optional.empty());
    }

    @Test
    void shouldProveOverThreeDaysWithOneKey() {
        ProofShape shape = small(DayHouse.DAYS.getFirst().table());
        Prover prover = TestKeys.prover(shape);
        System.out.println(
                "one key of " + prover.keys().verifyingKey().record().constraints() + " constraints, " + shape.label());
        for (DayHouse day : DayHouse.DAYS) {
            RiskTable table = day.table();
            assertEquals(
                    List.of(),
                    PublishedMargins.violations(table, RiskTableBuilder.marginSkeleton(DayHouse.FULL)),
                    day::toString);
            assertEquals(shape, small(table), day::toString);
            long margin = MarginStatement.of(table, day.account()).initialMargin();
            assertTrue(margin > 0);
            try (TestEpoch epoch = TestEpoch.of(LIBRARY, table, List.of(day.account()))) {
                WitnessRequest request = epoch.request(0, Claim.initialMargin(margin));
                Proving proving = prover.prove(epoch.table(), request);
                Proving.Proved proved = assertInstanceOf(Proving.Proved.class, proving, proving.toString());
                assertEquals(
                        new Verification.Valid(request.publicInputs(LIBRARY)),
                        prover.verifier().verify(proved.bundle()));
                Proving below = prover.prove(epoch.table(), epoch.request(0, Claim.initialMargin(margin - 1)));
                assertInstanceOf(Proving.Refused.class, below, day::toString);
            }
        }
    }

    /** A house's own shapes: one key where each of these days had its own. */
    @Test
    void shouldHaveOneShapeOfTheHouseWhereEveryDayHadItsOwn() {
        Set<String> onSkeleton = DayHouse.DAYS.stream()
                .map(day -> ProofShape.standard(day.table()).label())
                .collect(Collectors.toSet());
        Set<String> ofTheDay = DayHouse.DAYS.stream()
                .map(day -> ProofShape.standard(day.table(offSkeleton())).label())
                .collect(Collectors.toSet());
        Set<String> vaults = DayHouse.DAYS.stream()
                .map(day -> String.valueOf(day.vault().rowCount()))
                .collect(Collectors.toSet());
        System.out.println("keys over three days: " + ofTheDay.size() + " before, " + onSkeleton.size() + " now");
        assertEquals(1, onSkeleton.size(), onSkeleton::toString);
        assertEquals(3, ofTheDay.size(), ofTheDay::toString);
        assertEquals(Set.of("32"), vaults);
        // A tariff's scenarios are the same on every day too; of groups and entries its keys have places in powers of
        // two.
        Set<List<Integer>> scenarios = DayHouse.DAYS.stream()
                .map(day -> HouseBook.scenarioRows(day.table()))
                .collect(Collectors.toSet());
        assertEquals(1, scenarios.size(), scenarios::toString);
        assertEquals(27, scenarios.iterator().next().size());
    }

    @Test
    void shouldRefuseATableOffTheSkeletonByName() {
        ProofShape shape = small(DayHouse.DAYS.getFirst().table());
        Constraints constraints = TestKeys.constraints(shape);
        for (DayHouse day : DayHouse.DAYS) {
            RiskTable off = day.table(offSkeleton());
            assertFalse(Publication.ofSkeleton(
                            off, RiskTableBuilder.marginSkeleton(DayHouse.FULL).orElseThrow())
                    .isEmpty());
            try (TestEpoch epoch = TestEpoch.of(LIBRARY, off, List.of(day.account()))) {
                long margin = MarginStatement.of(off, day.account()).initialMargin();
                Answer<?> answer = constraints.solve(epoch.table(), epoch.request(0, Claim.initialMargin(margin)));
                assertEquals(
                        "TABLE_SHAPE_DIFFERS",
                        assertInstanceOf(Answer.Refused.class, answer, day::toString)
                                .refusal()
                                .code());
            }
        }
    }

    private static ParameterSet offSkeleton() {
        return DayHouse.FULL.with(ScenarioParameters.SKELETON, 0);
    }
}
