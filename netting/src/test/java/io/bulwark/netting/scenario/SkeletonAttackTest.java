package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.publication.Publication;
import io.bulwark.netting.publication.Publication.Violation;
import io.bulwark.netting.publication.PublicationCheck;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What somebody could try with rows that only fill a place, and the check that names it. */
class SkeletonAttackTest {
    private static final ParameterSet FULL = ParameterSet.founding();
    private static final Skeleton PROMISED =
            RiskTableBuilder.marginSkeleton(FULL).orElseThrow();
    private static final int FIRST_REPLAY = 84;
    private static final int FIRST_BREAK = 100;
    private static final int LAST_BREAK = 113;
    private static final int FIRST_COUNTER = 114;
    private static final int PLACE = 120;

    /** No replays and no submissions: HIST has rows of 0, ADV repeats its first row. */
    private static final RiskTable QUIET = quiet();

    private static RiskTable quiet() {
        RandomHouse house = new RandomHouse(7);
        return RiskTableBuilder.marginTable(house.listing, house.market, FULL, house.inputs.with(NamedScenarios.NONE))
                .table();
    }

    @Test
    void shouldPassAsItIs() {
        assertEquals(List.of(), Publication.ofProduction(QUIET));
        List<Violation> placed = Publication.ofSkeleton(QUIET, PROMISED);
        assertEquals(1, placed.size(), "all but the paths, which come with the places of entries: " + placed);
    }

    @Test
    void shouldNameAPlaceThatIsNotZero() {
        assertNames(PublicationCheck.PAD_ROWS, withRow(QUIET, FIRST_REPLAY + 3, 1));
        assertNames(PublicationCheck.PAD_ROWS, withRow(QUIET, FIRST_REPLAY, -1));
        assertNames(PublicationCheck.PAD_ROWS, withDebt(QUIET, FIRST_REPLAY + 15, 1));
        assertNames(PublicationCheck.PAD_ROWS, withMove(QUIET, FIRST_REPLAY + 1, -1));
        ScenarioRow shocked =
                new ScenarioRow(new ScenarioRow.Pad(), BigDecimal.ONE, BigDecimal.ZERO, 0, List.of(), false);
        assertNames(PublicationCheck.PAD_ROWS, withScenario(QUIET, FIRST_REPLAY, shocked));
    }

    /** A place of 0 beside a scenario of gains would turn them into nothing; one in a mixture would dilute it. */
    @Test
    void shouldNameAPlaceOfZeroAmongScenariosAndInAMixture() {
        assertNames(PublicationCheck.PAD_ROWS, withFamily(QUIET, 4, IntColumn.of(FIRST_BREAK)));
        List<Combo> mixed = new ArrayList<>(QUIET.combos());
        mixed.set(0, new Combo("joint", IntColumn.of(500_000, 0, 0, 0, 500_000, 0, 0)));
        RiskTable diluted = with(QUIET, QUIET.rows(), QUIET.families(), mixed, QUIET.instruments(), QUIET.assets());
        assertNames(PublicationCheck.PAD_ROWS, diluted);
        assertOff(diluted, "combos");
    }

    @Test
    void shouldNameARepeatedRowWithOtherNumbers() {
        assertTrue(QUIET.fillsPlace(PLACE));
        assertEquals(QUIET.rows().get(FIRST_COUNTER), QUIET.rows().get(PLACE));
        assertNames(PublicationCheck.REPEATED_ROWS, withRow(QUIET, PLACE, 1));
        assertNames(PublicationCheck.REPEATED_ROWS, withDebt(QUIET, LAST_BREAK, 1));
        assertNames(PublicationCheck.REPEATED_ROWS, withMove(QUIET, PLACE, 1));
    }

    @Test
    void shouldNameAFamilyThatMovedAndATableOfAnotherSize() {
        RiskTable moved = withFamily(QUIET, 6, IntColumn.of(FIRST_BREAK));
        assertOff(moved, "points of family ADV");
        RandomHouse house = new RandomHouse(7);
        RiskTable day = RiskTableBuilder.marginTable(
                        house.listing,
                        house.market,
                        FULL.with(ScenarioParameters.SKELETON, 0),
                        house.inputs.with(NamedScenarios.NONE))
                .table();
        assertOff(day, "rows");
        assertOff(day, "families");
        RiskTable grid = RiskTableBuilder.marginTable(
                        house.listing, house.market, ParameterSet.founding().with(ScenarioParameters.DESIGN, 0))
                .table();
        assertOff(grid, "families");
    }

    private static void assertNames(PublicationCheck check, RiskTable table) {
        assertTrue(
                Publication.ofProduction(table).stream().anyMatch(v -> v.check() == check),
                () -> check + " must be among " + Publication.ofProduction(table));
    }

    private static void assertOff(RiskTable table, String what) {
        List<Violation> violations = Publication.ofSkeleton(table, PROMISED);
        assertTrue(
                violations.stream()
                        .anyMatch(v -> v.check() == PublicationCheck.SKELETON
                                && v.where().startsWith(what + ":")),
                () -> what + " must be among " + violations);
    }

    private static RiskTable withRow(RiskTable table, int row, int more) {
        InstrumentRisk first = table.instruments().getFirst();
        InstrumentRisk changed = new InstrumentRisk(
                first.number(),
                first.id(),
                first.group(),
                first.paidUp(),
                first.days(),
                first.value(),
                changed(first.row(), row, more),
                first.rowShort().map(column -> changed(column, row, more)),
                first.es(),
                first.delta(),
                first.vega(),
                first.spread(),
                first.crowd(),
                first.knots(),
                first.bound(),
                first.venue());
        List<InstrumentRisk> instruments = Stream.concat(
                        Stream.of(changed), table.instruments().stream().skip(1))
                .toList();
        return with(table, table.rows(), table.families(), table.combos(), instruments, table.assets());
    }

    private static RiskTable withDebt(RiskTable table, int row, int more) {
        AssetRisk a = table.assets().getFirst();
        AssetRisk changed = new AssetRisk(
                a.number(),
                a.id(),
                a.group(),
                a.tier(),
                a.stable(),
                a.price(),
                a.haircut(),
                a.residual(),
                a.peg(),
                a.value(),
                a.row(),
                a.es(),
                a.debtValue(),
                changed(a.debtRow(), row, more),
                a.debtEs(),
                a.delta(),
                a.crowd(),
                a.knots(),
                a.bound(),
                a.at());
        List<AssetRisk> assets = Stream.concat(
                        Stream.of(changed), table.assets().stream().skip(1))
                .toList();
        return with(table, table.rows(), table.families(), table.combos(), table.instruments(), assets);
    }

    private static RiskTable withMove(RiskTable table, int row, int more) {
        List<GroupMoves> moves = table.moves().stream()
                .map(m -> new GroupMoves(m.group(), changed(m.shock(), row, more), m.damp(), m.es()))
                .toList();
        return new RiskTable(
                table.builder(),
                table.rows(),
                table.families(),
                table.combos(),
                moves,
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                table.instruments(),
                table.assets(),
                table.parameters(),
                table.venueRisk());
    }

    private static RiskTable withScenario(RiskTable table, int row, ScenarioRow scenario) {
        List<ScenarioRow> rows = new ArrayList<>(table.rows());
        rows.set(row, scenario);
        return with(table, rows, table.families(), table.combos(), table.instruments(), table.assets());
    }

    private static RiskTable withFamily(RiskTable table, int number, IntColumn first) {
        List<Family> families = new ArrayList<>(table.families());
        Family family = families.get(number);
        families.set(
                number,
                new Family(
                        family.name(),
                        Stream.concat(Stream.of(first), family.points().stream().skip(1))
                                .toList()));
        return with(table, table.rows(), families, table.combos(), table.instruments(), table.assets());
    }

    private static RiskTable with(
            RiskTable table,
            List<ScenarioRow> rows,
            List<Family> families,
            List<Combo> combos,
            List<InstrumentRisk> instruments,
            List<AssetRisk> assets) {
        return new RiskTable(
                table.builder(),
                rows,
                families,
                combos,
                table.moves(),
                table.esVolatility(),
                table.esWeights(),
                table.groups(),
                instruments,
                assets,
                table.parameters(),
                table.venueRisk());
    }

    private static IntColumn changed(IntColumn column, int row, int more) {
        int[] entries = column.stream().toArray();
        entries[row] += more;
        return IntColumn.of(entries);
    }
}
