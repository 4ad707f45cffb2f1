package io.bulwark.prover.commitment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.prover.HouseTable;
import io.bulwark.prover.binding.Answer;
import io.bulwark.prover.binding.FieldElement;
import io.bulwark.prover.binding.ProverLibrary;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The tables that the house publishes, opened by the library that proves over them. */
final class RiskTableTreeTest {
    private final ProverLibrary library = ProverLibrary.load();

    @Test
    void shouldOpenTheTableThatTheHousePublishes() {
        try (RiskTableTree tree =
                RiskTableTree.open(library, HouseTable.PUBLISHED).orElseThrow()) {
            assertEquals(3, HouseTable.PUBLISHED.instruments().size());
            assertEquals(HouseTable.PUBLISHED.digest(), tree.digest());
            assertNotEquals(FieldElement.ZERO, tree.root());
        }
    }

    @Test
    void shouldGiveARootToTheVaultsTableToo() {
        try (RiskTableTree tree =
                RiskTableTree.open(library, HouseTable.PUBLISHED).orElseThrow()) {
            assertEquals(
                    tree.root(),
                    RiskTableTree.rootOf(library, HouseTable.PUBLISHED).orElseThrow());
        }
        assertInstanceOf(Answer.Given.class, RiskTableTree.rootOf(library, HouseTable.VAULT));
    }

    @Test
    void shouldBindEveryChargeInTheRoot() {
        RiskTable skewed = withCharges(
                HouseTable.PUBLISHED,
                charges -> new GroupCharges(
                        charges.impact(),
                        charges.contagion(),
                        charges.crowding(),
                        new GroupCharges.Skew(
                                charges.skew().steep(), charges.skew().flat(), 1),
                        charges.basis()));
        assertNotEquals(
                RiskTableTree.rootOf(library, HouseTable.PUBLISHED).orElseThrow(),
                RiskTableTree.rootOf(library, skewed).orElseThrow());
    }

    private static RiskTable withCharges(RiskTable table, UnaryOperator<GroupCharges> change) {
        List<Group> groups = table.groups().stream()
                .map(group -> new Group(group.number(), group.id(), changed(group.charges(), change)))
                .toList();
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                groups,
                table.instruments(),
                table.assets(),
                table.parameters(),
                VenueRisk.NONE);
    }

    private static Optional<GroupCharges> changed(Optional<GroupCharges> charges, UnaryOperator<GroupCharges> change) {
        return charges.map(change);
    }
}
