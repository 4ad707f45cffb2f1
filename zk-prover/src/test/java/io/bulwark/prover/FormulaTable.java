package io.bulwark.prover;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.Knot;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A small table with every component of the formula: seven families, 32 shortfall rows in sixteen blocks of weight, knots on every size
 * charge, both crowd sides, crowding, skew, basis, contagion, a two-asset product, stables and other assets. The numbers are random; what
 * pins the vectors is that every program computes the same from them.
 */
final class FormulaTable {
    private static final int MILLION = 1_000_000;
    static final int ROWS = 24;
    static final int TAIL_ROWS = 32;
    private static final int USD = 0;
    private static final int TWO_ASSETS = 3;
    private static final int[] UNDERLYINGS = {1, 2};
    private static final List<Integer> DAYS = List.of(7, 30, 90);

    private final SplittableRandom random = new SplittableRandom(20_260_101);

    private FormulaTable() {}

    static RiskTable make() {
        return new FormulaTable().table();
    }

    private RiskTable table() {
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(USD, "USD", Optional.empty()));
        IntStream.of(UNDERLYINGS).forEach(u -> groups.add(new Group(u, "U" + u, Optional.of(charges()))));
        groups.add(new Group(TWO_ASSETS, "U1/U2", Optional.empty()));
        return new RiskTable(
                CanonicalValue.array(),
                IntStream.range(0, ROWS).mapToObj(FormulaTable::row).toList(),
                families(),
                combos(),
                IntStream.of(UNDERLYINGS)
                        .mapToObj(u ->
                                new GroupMoves(u, column(ROWS, 300_000), column(ROWS, 1), column(TAIL_ROWS, 300_000)))
                        .toList(),
                IntColumn.zeros(TAIL_ROWS),
                weights(),
                groups,
                instruments(),
                assets(),
                new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE),
                VenueRisk.NONE);
    }

    private static ScenarioRow row(int r) {
        return new ScenarioRow(
                new ScenarioRow.Absolute(r * 1_000), BigDecimal.ZERO, BigDecimal.ZERO, 0, List.of(), false);
    }

    static List<Family> families() {
        return List.of(
                family("J", new int[][] {{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}}),
                family("S", new int[][] {{0, 1, 2, 3, 4, 5, 6, 7, 8}}),
                family("STAR", new int[][] {{0, 9, 10}, {3, 11, 12, 13}, {7, 14}}),
                family("EXT", new int[][] {{15}, {16}}),
                family("HIST", new int[][] {{17}, {18}, {19}}),
                family("DEPEG", new int[][] {{20}, {21}}),
                family("ADV", new int[][] {{22}, {23}}));
    }

    private static Family family(String name, int[][] points) {
        return new Family(name, Arrays.stream(points).map(IntColumn::of).toList());
    }

    static List<Combo> combos() {
        return List.of(
                combo("joint", MILLION, 0, 0, 0, 0, 0, 0),
                combo("breakdown", 800_000, 200_000, 0, 0, 0, 0, 0),
                combo("star", 0, 0, MILLION, 0, 0, 0, 0),
                combo("extended", 0, 0, 0, MILLION, 0, 0, 0),
                combo("historical", 0, 0, 0, 0, MILLION, 0, 0),
                combo("depeg", 0, 0, 0, 0, 0, MILLION, 0),
                combo("adversarial", 0, 0, 0, 0, 0, 0, MILLION));
    }

    private static Combo combo(String name, int... weights) {
        return new Combo(name, IntColumn.of(weights));
    }

    /** Sixteen blocks of two rows; the tail of 1 % ends inside a row. */
    private static IntColumn weights() {
        int[] blocks = {
            100_000, 100_000, 80_000, 60_000, 50_000, 40_000, 30_000, 15_000, 9_000, 6_000, 4_000, 3_000, 1_500, 900,
            400, 200
        };
        int[] weights = IntStream.range(0, TAIL_ROWS).map(j -> blocks[j / 2]).toArray();
        if (IntStream.of(weights).sum() != MILLION) {
            throw new IllegalStateException(
                    "weights must add up to one; have " + IntStream.of(weights).sum());
        }
        return IntColumn.of(weights);
    }

    private GroupCharges charges() {
        return new GroupCharges(
                new SizeCharge(1_500, 1_800, List.of(new Knot(3_000_000, 20), new Knot(40_000_000, 25))),
                new SizeCharge(700, 900, List.of(new Knot(5_000_000, 13))),
                new GroupCharges.Crowding(2_000_000, List.of(new Knot(1_000, 30_000))),
                new GroupCharges.Skew(5, 4, 250_000),
                DAYS.stream()
                        .map(days -> new GroupCharges.Basis(days, 2_000 + 10 * days))
                        .toList());
    }

    private List<InstrumentRisk> instruments() {
        List<InstrumentRisk> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(instrument(2 * i + 1, UNDERLYINGS[i % 2], i % 3 != 0, i % 4));
        }
        all.add(twoAsset(40));
        return all;
    }

    private InstrumentRisk instrument(int number, int group, boolean option, int expiry) {
        IntColumn row = option ? optionRow() : column(ROWS, 60_000);
        return new InstrumentRisk(
                        number,
                        "I" + number,
                        group,
                        option,
                        expiry == 0 ? OptionalInt.empty() : OptionalInt.of(20 * expiry),
                        option ? 30_000 : 0,
                        row,
                        Optional.empty(),
                        column(TAIL_ROWS, 90_000),
                        List.of(new Sensitivity(group, signed(200_000))),
                        option ? List.of(new Sensitivity(group, 1 + random.nextInt(900))) : List.of(),
                        300,
                        new CrowdSlopes(40, 90),
                        List.of(new Knot(500, 2), new Knot(2_000, 3)),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    private InstrumentRisk twoAsset(int number) {
        IntColumn row = column(ROWS, 50_000);
        IntColumn shortRow =
                IntColumn.of(row.stream().map(x -> x + random.nextInt(9_000)).toArray());
        return new InstrumentRisk(
                        number,
                        "I" + number,
                        TWO_ASSETS,
                        false,
                        OptionalInt.of(60),
                        0,
                        row,
                        Optional.of(shortRow),
                        column(TAIL_ROWS, 70_000),
                        List.of(new Sensitivity(1, -100_000), new Sensitivity(2, 100_000)),
                        List.of(new Sensitivity(1, 55), new Sensitivity(2, 66)),
                        400,
                        new CrowdSlopes(70, 30),
                        List.of(new Knot(900, 4)),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    /** A lot of a bought option loses at most its mark. */
    private IntColumn optionRow() {
        return IntColumn.of(IntStream.range(0, ROWS)
                .map(r -> random.nextInt(-30_000, 120_000))
                .toArray());
    }

    private List<AssetRisk> assets() {
        List<AssetRisk> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(asset(3 * i + 2, i < 2 ? USD : UNDERLYINGS[i % 2], i < 2));
        }
        return all;
    }

    private AssetRisk asset(int number, int group, boolean stable) {
        int price = 100_000;
        int value = stable ? 97_000 : 88_000;
        int fall = stable ? 9_000 : 30_000;
        return new AssetRisk(
                        number,
                        "A" + number,
                        group,
                        stable ? "stable" : "major",
                        stable,
                        price,
                        price - value,
                        20_000,
                        0,
                        value,
                        column(ROWS, fall),
                        column(TAIL_ROWS, fall),
                        102_000,
                        column(ROWS, fall),
                        column(TAIL_ROWS, fall),
                        stable ? List.of() : List.of(new Sensitivity(group, price)),
                        new CrowdSlopes(25, 35),
                        List.of(new Knot(700, 1)),
                        0,
                        AssetRisk.AtVenue.NONE)
                .bounded();
    }

    private IntColumn column(int length, int most) {
        return IntColumn.of(IntStream.range(0, length).map(r -> signed(most)).toArray());
    }

    private int signed(int most) {
        return random.nextInt(-most, most + 1);
    }
}
