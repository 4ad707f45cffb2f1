package io.bulwark.netting.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.formula.Requirement;
import io.bulwark.netting.formula.Stress.FamilyLoss;
import io.bulwark.netting.margin.MarginStatement;
import io.bulwark.netting.margin.ScenarioRanking;
import io.bulwark.netting.placement.PlacementParameters;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.revaluation.RiskTableBuilder;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.Recipe.Skeleton;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables of one structure on every day: what fills their places moves no margin and is told to nobody. */
class SkeletonTest {
    private static final ParameterSet FULL = ParameterSet.founding();
    private static final ParameterSet WITHOUT_VENUES = FULL.with(PlacementParameters.VENUES, 0);
    private static final ParameterSet OF_THE_DAY = WITHOUT_VENUES.with(ScenarioParameters.SKELETON, 0);
    private static final int DEPEG_OF_THREE_COINS = 14;
    private static final int EVERY = 1_000;

    @Test
    void shouldHaveOneStructureOnEveryDay() {
        for (ParameterSet governed : List.of(FULL, WITHOUT_VENUES)) {
            Skeleton promised = RiskTableBuilder.marginSkeleton(governed).orElseThrow();
            Skeleton vault = RiskTableBuilder.vaultSkeleton(governed).orElseThrow();
            assertEquals(128, promised.rows());
            assertEquals(32, vault.rows());
            for (long seed = 1; seed <= 12; seed++) {
                RandomHouse house = new RandomHouse(seed);
                RiskTable table = margin(house, governed);
                assertEquals(promised.families(), table.families(), "seed " + seed);
                assertEquals(promised.combos(), table.combos(), "seed " + seed);
                assertEquals(table, RiskTable.decode(table.encode()));
                assertEquals(
                        List.of(),
                        vault.differences(
                                RiskTableBuilder.vaultTable(house.listing, house.market, governed, house.inputs)
                                        .table()));
            }
        }
        Skeleton promised = RiskTableBuilder.marginSkeleton(FULL).orElseThrow();
        assertEquals(
                List.of("J", "S", "STAR", "EXT", "HIST", "DEPEG", "ADV"),
                promised.families().stream().map(Family::name).toList());
        assertEquals(range(78, 84), promised.families().get(3).points());
        assertEquals(range(84, 100), promised.families().get(4).points());
        assertEquals(range(100, 114), promised.families().get(5).points());
        assertEquals(range(114, 128), promised.families().get(6).points());
        assertEquals(10, promised.paths().size());
        assertEquals(114, promised.paths().get(8).first());
        assertEquals(115, promised.paths().get(9).first());
    }

    @Test
    void shouldHaveTheRowsOfTheDayWhereGovernanceSaysSo() {
        assertTrue(RiskTableBuilder.marginSkeleton(OF_THE_DAY).isEmpty());
        RandomHouse house = new RandomHouse(2);
        RiskTable table = margin(house, OF_THE_DAY);
        assertTrue(IntStream.range(0, table.rowCount()).noneMatch(table::fillsPlace));
        assertTrue(table.rowCount() < 128);
        Skeleton grid = RiskTableBuilder.marginSkeleton(ParameterSet.founding().with(ScenarioParameters.DESIGN, 0))
                .orElseThrow();
        assertEquals(54, grid.rows(), "the joint grid is a skeleton already");
        assertEquals(8, grid.paths().size());
    }

    @Test
    void shouldMoveNoIntegerOfAnyMargin() {
        int compared = 0;
        int empty = 0;
        for (long seed = 1; seed <= 24; seed++) {
            RandomHouse house = new RandomHouse(seed);
            TableInputs inputs = seed % 3 == 0 ? house.inputs.with(NamedScenarios.NONE) : house.inputs;
            RiskTable day = margin(house, OF_THE_DAY, inputs);
            RiskTable padded = margin(house, WITHOUT_VENUES, inputs);
            if (pointsOf(day, "DEPEG") > DEPEG_OF_THREE_COINS) {
                continue;
            }
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 8; i++) {
                MarginAccount account = drawn(random, day);
                Requirement before = Requirement.of(day, account);
                Requirement after = Requirement.of(padded, account);
                assertEquals(before.initialMargin(), after.initialMargin());
                assertEquals(before.core(), after.core());
                assertEquals(before.equity(), after.equity());
                for (FamilyLoss family : after.families()) {
                    List<FamilyLoss> same = before.families().stream()
                            .filter(f -> f.family().equals(family.family()))
                            .toList();
                    assertEquals(
                            same.isEmpty() ? new FamilyLoss(family.family(), 0, 0) : same.getFirst(),
                            family,
                            "the first of equals, which is the row itself and never the one that repeats it");
                    empty += same.isEmpty() ? 1 : 0;
                    compared++;
                }
                assertEquals(
                        MarginStatement.of(day, account).scenario().text(),
                        MarginStatement.of(padded, account).scenario().text());
                assertEquals(
                        ScenarioRanking.of(day, account, EVERY),
                        ScenarioRanking.of(padded, account, EVERY),
                        "nobody is told of a row that only fills a place");
            }
        }
        System.out.println(compared + " families compared, " + empty + " of them without a scenario on the day");
        assertTrue(compared > 700 && empty > 20);
    }

    /** The first group against all others by half their ranges, either way, volatility up: two rows of ADV, each a path of its own. */
    @Test
    void shouldMoveTheFirstGroupAgainstAllOthers() {
        RiskTable table = margin(new RandomHouse(5), FULL);
        RandomHouse house = new RandomHouse(5);
        GroupRanges ranges = new GroupRanges(house.listing, house.market.doubts(), FULL, house.inputs);
        for (GroupRange range : ranges.moving()) {
            GroupMoves moves = table.movesOf(range.group()).orElseThrow();
            boolean first = range.group() == 1;
            int up = moves.shock().at(first ? 114 : 115);
            int down = moves.shock().at(first ? 115 : 114);
            assertTrue(Math.abs(2 * up - range.rise()) <= 1, range.name());
            assertTrue(Math.abs(2 * down + range.fall()) <= 1, range.name());
            assertEquals(1_000_000, moves.damp().at(114));
        }
        assertEquals(BigDecimal.ONE, table.rows().get(114).volatilityShock());
        assertEquals(new ScenarioRow.Counter(1, 500_000), table.rows().get(114).move());
        assertEquals(new ScenarioRow.Counter(1, -500_000), table.rows().get(115).move());
        assertFalse(table.fillsPlace(114) || table.fillsPlace(115));
    }

    @Test
    void shouldBeZeroInTheRowsOfAFamilyWithoutScenarios() {
        RandomHouse house = new RandomHouse(7);
        TableInputs quiet = house.inputs.with(NamedScenarios.NONE);
        RiskTable table = RiskTableBuilder.marginTable(house.listing, house.market, WITHOUT_VENUES, quiet)
                .table();
        for (int row : IntStream.concat(IntStream.range(84, 100), IntStream.range(114, 128))
                .toArray()) {
            assertEquals(ScenarioRow.pad(), table.rows().get(row));
            assertTrue(table.fillsPlace(row));
            table.instruments().forEach(i -> assertEquals(0, i.row().at(row), i.id()));
            table.instruments().forEach(i -> i.rowShort().ifPresent(r -> assertEquals(0, r.at(row), i.id())));
            table.assets().forEach(a -> assertEquals(0, a.row().at(row), a.id()));
            table.assets().forEach(a -> assertEquals(0, a.debtRow().at(row), a.id()));
        }
        assertTrue(table.instruments().stream().anyMatch(i -> !i.vega().isEmpty()), "an option must be among them");
    }

    @Test
    void shouldRefuseMoreScenariosThanPlacesByName() {
        RandomHouse house = new RandomHouse(1);
        assertEquals(
                "submissions of the full on the skeleton table must be at most 12; have 13",
                refusal(house, FULL, submissions(13), List.of()));
        assertEquals(
                "submissions of the full on the skeleton table must be at most 14; have 15",
                refusal(house, WITHOUT_VENUES, submissions(15), List.of()));
        assertEquals(
                "submissions of the full vault on the skeleton table must be at most 10; have 11",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Recipe.fullVaultOnSkeleton(
                                        new NamedScenarios(List.of(), List.of(), submissions(11))))
                        .getMessage());
    }

    private static String refusal(
            RandomHouse house, ParameterSet governed, List<Submission> accepted, List<Submission> refused) {
        TableInputs inputs = house.inputs.with(new NamedScenarios(List.of(), accepted, refused));
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> RiskTableBuilder.marginTable(house.listing, house.market, governed, inputs))
                .getMessage());
    }

    private static List<Submission> submissions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new Submission("s" + i, Map.of("C1", 0, "C2", 0, "C3", 0, "C4", 0, "C5", 0), BigDecimal.ONE))
                .toList();
    }

    @Test
    void shouldKeepAnEarlierTableAsItWas() {
        RandomHouse house = new RandomHouse(9);
        assertNotEquals(
                margin(house, OF_THE_DAY).digest(),
                margin(house, WITHOUT_VENUES).digest());
        assertEquals(0, OF_THE_DAY.value(ScenarioParameters.SKELETON));
        assertEquals(1, ParameterSet.founding().value(ScenarioParameters.SKELETON));
    }

    private static RiskTable margin(RandomHouse house, ParameterSet governed) {
        return margin(house, governed, house.inputs);
    }

    private static RiskTable margin(RandomHouse house, ParameterSet governed, TableInputs inputs) {
        return RiskTableBuilder.marginTable(house.listing, house.market, governed, inputs)
                .table();
    }

    private static long pointsOf(RiskTable table, String family) {
        return table.families().stream()
                .filter(f -> f.name().equals(family))
                .mapToInt(f -> f.points().size())
                .sum();
    }

    private static List<IntColumn> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(IntColumn::of).toList();
    }

    private static MarginAccount drawn(SplittableRandom random, RiskTable table) {
        return new MarginAccount(
                random.nextLong(-1_000_000_000, 1_000_000_000),
                entries(
                        random,
                        table.instruments().size(),
                        i -> table.instruments().get(i).number(),
                        -500),
                List.of(),
                entries(
                        random,
                        table.assets().size(),
                        i -> table.assets().get(i).number(),
                        1),
                entries(
                        random,
                        table.assets().size(),
                        i -> table.assets().get(i).number(),
                        1));
    }

    private static List<Entry> entries(SplittableRandom random, int count, IntUnaryOperator number, long least) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long lots = random.nextLong(least, 500);
            if (lots != 0 && random.nextInt(3) == 0) {
                entries.add(new Entry(number.applyAsInt(i), lots));
            }
        }
        return entries;
    }
}
