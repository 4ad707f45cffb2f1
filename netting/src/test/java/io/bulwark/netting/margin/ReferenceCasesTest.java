package io.bulwark.netting.margin;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.netting.PortfolioMargin;
import io.bulwark.netting.formula.ExpectedShortfall.TailRow;
import io.bulwark.netting.formula.GrossBound;
import io.bulwark.netting.formula.MarginBook;
import io.bulwark.netting.formula.Precision;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.RiskTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every margin case of the reference data, to the last unit. */
final class ReferenceCasesTest {
    @Test
    void shouldComputeEveryComponentOfEveryAccount() {
        forEachCase("margin", 176, (table, node) -> {
            MarginAccount account = ReferenceTable.account(table, node);
            JsonNode expected = node.get("expected");
            for (Precision precision : Precision.values()) {
                // The narrow path is defined below its bound only.
                if (precision == Precision.INT128 || GrossBound.of(table, account) < Precision.NARROW_LIMIT) {
                    assertRequirement(expected, Requirement.of(table, account, precision));
                }
            }
            assertStatement(table, expected, (MarginStatement) PortfolioMargin.evaluate(table, account));
        });
    }

    @Test
    void shouldRefuseFaultyAccountsWithTheFirstFault() {
        forEachCase("margin-error", 25, (table, node) -> {
            MarginRefusal refusal =
                    (MarginRefusal) PortfolioMargin.evaluate(table, ReferenceTable.account(table, node));
            assertEquals(
                    node.get("expected").get("error").asText(), refusal.code().name());
        });
    }

    @Test
    void shouldAcceptHonestWitnessesAndRefuseTheOthers() {
        forEachCase("margin-witness", 13, (table, node) -> {
            MarginAccount account = ReferenceTable.account(table, node);
            MarginBook book = MarginBook.of(table, account, Precision.INT64);
            OptionalLong bound = witness(table, node.get("witness")).bound(book);
            JsonNode expected = node.get("expected");
            assertEquals(expected.get("accepted").booleanValue(), bound.isPresent());
            bound.ifPresent(lower -> assertEquals(expected.get("lower").longValue(), lower));
        });
    }

    private interface Check {
        void of(RiskTable table, JsonNode node);
    }

    private static void forEachCase(String kind, int atLeast, Check check) {
        JsonNode file = ReferenceJson.json("margin/formula_cases.json");
        RiskTable table = ReferenceTable.load();
        List<Executable> checks = new ArrayList<>();
        for (JsonNode node : file.get("cases")) {
            if (node.get("kind").asText().equals(kind)) {
                checks.add(() -> {
                    try {
                        check.of(table, node);
                    } catch (AssertionError | RuntimeException e) {
                        throw new AssertionError(node.get("id").asText() + ": " + e.getMessage(), e);
                    }
                });
            }
        }
        assertTrue(checks.size() >= atLeast, () -> "cases of kind " + kind + ": " + checks.size());
        assertAll(checks);
    }

    private static void assertRequirement(JsonNode expected, Requirement actual) {
        actual.families().forEach(family -> {
            assertEquals(expected.get("families").get(family.family()).longValue(), family.loss(), family.family());
            assertEquals(expected.get("worstF").get(family.family()).intValue(), family.worstPoint(), family.family());
        });
        actual.combos()
                .forEach(combo -> assertEquals(
                        expected.get("combos").get(combo.combo()).longValue(), combo.loss(), combo.combo()));
        actual.addOns()
                .forEach((addOn, amount) ->
                        assertEquals(expected.get("addons").get(addOn.label()).longValue(), amount, addOn.label()));
        assertEquals(expected.get("stress").longValue(), actual.stress(), "stress");
        assertEquals(expected.get("es").longValue(), actual.shortfall(), "es");
        assertEquals(expected.get("core").longValue(), actual.core(), "core");
        assertEquals(expected.get("liability").intValue() == 1, actual.liability(), "liability");
        assertEquals(expected.get("IM").longValue(), actual.initialMargin(), "IM");
        assertEquals(expected.get("MM").longValue(), actual.maintenanceMargin(), "MM");
        assertEquals(expected.get("equity").longValue(), actual.equity(), "equity");
        assertEquals(expected.get("excessIM").longValue(), actual.excessInitial(), "excessIM");
        assertEquals(expected.get("excessMM").longValue(), actual.excessMaintenance(), "excessMM");
    }

    private static void assertStatement(RiskTable table, JsonNode expected, MarginStatement actual) {
        JsonNode house = expected.get("house");
        Requirement counting = actual.house().counting().requirement();
        assertRequirement(expected, actual.given());
        assertEquals(
                house.get("allocation").asText(),
                actual.house().counting().allocation().label());
        assertEquals(house.get("IM").longValue(), counting.initialMargin());
        assertEquals(house.get("excessIM").longValue(), counting.excessInitial());
        assertEquals(house.get("excessMM").longValue(), counting.excessMaintenance());
        assertEquals(house.get("state").asText(), actual.state().label());
        if (expected.has("witness")) {
            assertEquals(expected.get("witness"), json(table, actual.witness()));
        }
    }

    private static LowerWitness witness(RiskTable table, JsonNode node) {
        Map<String, Integer> points = new LinkedHashMap<>();
        node.get("f")
                .properties()
                .forEach(f -> points.put(f.getKey(), f.getValue().intValue()));
        Map<String, Map<Integer, Integer>> cells = new LinkedHashMap<>();
        node.get("cells").properties().forEach(family -> {
            Map<Integer, Integer> rows = new LinkedHashMap<>();
            family.getValue()
                    .properties()
                    .forEach(cell -> rows.put(
                            group(table, cell.getKey()), cell.getValue().intValue()));
            cells.put(family.getKey(), rows);
        });
        return new LowerWitness(
                switch (node.get("core").asText()) {
                    case "stress" -> LowerWitness.Core.STRESS;
                    case "es" -> LowerWitness.Core.SHORTFALL;
                    default -> LowerWitness.Core.NONE;
                },
                node.get("combo").isNull()
                        ? Optional.empty()
                        : Optional.of(node.get("combo").asText()),
                points,
                cells,
                StreamSupport.stream(node.get("tail").spliterator(), false)
                        .map(row ->
                                new TailRow(row.get(0).intValue(), row.get(1).longValue()))
                        .toList());
    }

    private static int group(RiskTable table, String id) {
        return table.groups().stream()
                .filter(g -> g.id().equals(id))
                .mapToInt(g -> g.number())
                .findFirst()
                .orElse(-1);
    }

    private static ObjectNode json(RiskTable table, LowerWitness witness) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(
                "core",
                switch (witness.core()) {
                    case STRESS -> "stress";
                    case SHORTFALL -> "es";
                    case NONE -> "none";
                });
        node.put("combo", witness.combo().orElse(null));
        witness.points().forEach((family, point) -> node.withObject("/f").put(family, point));
        node.withObject("/f");
        ObjectNode cells = node.withObject("/cells");
        witness.cells()
                .forEach((family, rows) -> rows.forEach((group, row) -> cells.withObject("/" + family)
                        .put(table.group(group).orElseThrow().id(), row)));
        witness.tail()
                .forEach(
                        row -> node.withArray("/tail").addArray().add(row.row()).add((int) row.weight()));
        node.withArray("/tail");
        return node;
    }
}
