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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Tables of the format with random numbers: every charge somewhere, expected shortfall in sixteen runs, two-asset products with legs.
 *
 * <p>Prices, moves, haircuts and slopes span the whole legal range, so that what is rare in a real table is common here. Collateral and
 * debt stress rows follow from price, haircut and move by the exact rule of the format; other rows are any numbers that a pricing model
 * could give.
 */
public final class RandomRiskTable {
    private static final int MILLION = 1_000_000;
    private static final BigInteger BIG_MILLION = BigInteger.valueOf(MILLION);
    private static final int GROUPS = 12;
    private static final int INSTRUMENTS = 40;
    private static final int ASSETS = 14;
    private static final int USD = 0;
    private static final int[] EXPIRIES = {7, 30, 91};
    private static final int ES_RUNS = 16;

    private final SplittableRandom random;
    private final int rows;
    private final int esRows;
    private final int magnitudeBits;
    private final int[][] shocks;

    private RandomRiskTable(SplittableRandom random, int rows, int esRows, int magnitudeBits) {
        this.random = random;
        this.rows = rows;
        this.esRows = esRows;
        this.magnitudeBits = magnitudeBits;
        this.shocks = IntStream.range(0, GROUPS).mapToObj(this::shocks).toArray(int[][]::new);
    }

    /**
     * A random table with families J and S and sixteen rows of expected shortfall.
     *
     * @param rows scenario rows; the last is the cross row
     * @param magnitudeBits prices and marks of one lot stay below 2 to this power, u; at most 27
     */
    public static RiskTable of(SplittableRandom random, int rows, int magnitudeBits) {
        List<IntColumn> joint =
                IntStream.range(0, rows - 1).mapToObj(IntColumn::of).toList();
        IntColumn all = IntColumn.of(IntStream.range(0, rows).toArray());
        return new RandomRiskTable(random, rows, ES_RUNS, magnitudeBits)
                .table(
                        List.of(new Family("J", joint), new Family("S", List.of(all))),
                        List.of(
                                new Combo("joint", IntColumn.of(MILLION, 0)),
                                new Combo("breakdown", IntColumn.of(800_000, 200_000))));
    }

    /** A random table with every family: the structure of {@link FormulaTable}. */
    public static RiskTable ofEveryFamily(SplittableRandom random, int magnitudeBits) {
        return new RandomRiskTable(random, FormulaTable.ROWS, FormulaTable.TAIL_ROWS, magnitudeBits)
                .table(FormulaTable.families(), FormulaTable.combos());
    }

    private RiskTable table(List<Family> families, List<Combo> combos) {
        return new RiskTable(
                CanonicalValue.array(),
                scenarioRows(),
                families,
                combos,
                IntStream.range(0, GROUPS).mapToObj(this::moves).toList(),
                IntColumn.zeros(esRows),
                esWeights(),
                IntStream.range(0, GROUPS).mapToObj(this::group).toList(),
                IntStream.range(0, INSTRUMENTS).mapToObj(this::instrument).toList(),
                IntStream.range(0, ASSETS).mapToObj(this::asset).toList(),
                new RiskParameters(
                        1 + random.nextInt(random.nextBoolean() ? 20_000 : MILLION),
                        random.nextInt(700_000, 900_001),
                        random.nextInt(0, 50_001),
                        random.nextInt(1_000_000),
                        1L << 60,
                        Integer.MAX_VALUE),
                VenueRisk.NONE);
    }

    /** Sixteen runs, some without weight; the first takes what is left. */
    private IntColumn esWeights() {
        int length = esRows / ES_RUNS;
        int[] runs = new int[ES_RUNS];
        int left = MILLION / length;
        for (int run = ES_RUNS - 1; run > 0; run--) {
            runs[run] = random.nextInt(4) == 0 ? 0 : random.nextInt(1 + left / 3);
            left -= runs[run];
        }
        runs[0] = left;
        return IntColumn.of(
                IntStream.range(0, esRows).map(row -> runs[row / length]).toArray());
    }

    private List<ScenarioRow> scenarioRows() {
        List<ScenarioRow> list = new ArrayList<>();
        for (int row = 0; row < rows - 1; row++) {
            list.add(ScenarioRow.grid(row * 1000, BigDecimal.valueOf(row % 3 - 1)));
        }
        list.add(new ScenarioRow(
                new ScenarioRow.PricePoint(0, 0), BigDecimal.ZERO, BigDecimal.ZERO, 0, List.of(), true));
        return list;
    }

    /** Numbers have gaps, so that nothing passes that confuses a number with a place. */
    private static int groupNumber(int index) {
        return index == USD ? 0 : 3 * index + 1;
    }

    private Group group(int index) {
        if (index == USD) {
            return new Group(groupNumber(index), "USD", Optional.empty());
        }
        List<GroupCharges.Basis> basis = IntStream.of(EXPIRIES)
                .mapToObj(days -> new GroupCharges.Basis(days, sometimes(200_000)))
                .toList();
        GroupCharges charges = new GroupCharges(
                new SizeCharge(sometimes(400_000), sometimes(400_000), knots(1L << 44, 12_000)),
                new SizeCharge(sometimes(200_000), sometimes(200_000), knots(1L << 44, 6_000)),
                new GroupCharges.Crowding(sometimes(4_000_000), knots(1L << 40, 120_000)),
                new GroupCharges.Skew(1, 0, sometimes(500_000)),
                basis);
        return new Group(groupNumber(index), "group " + index, Optional.of(charges));
    }

    private int sometimes(int most) {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1);
    }

    private List<Knot> knots(long threshold, int slope) {
        List<Knot> knots = new ArrayList<>();
        long last = 0;
        for (int knot = random.nextInt(3); knot > 0; knot--) {
            last += 1 + random.nextLong(threshold);
            knots.add(new Knot(last, random.nextInt(slope + 1)));
        }
        return knots;
    }

    private CrowdSlopes crowd() {
        return new CrowdSlopes(sometimes(1 + magnitude() / 32), sometimes(1 + magnitude() / 32));
    }

    /** Losses in ES rows: full of ties, some entries without any. */
    private IntColumn shortfall(int size) {
        int step = Math.max(1, size / 5);
        boolean flat = random.nextInt(4) == 0;
        return IntColumn.of(IntStream.range(0, esRows)
                .map(row -> flat ? 0 : step * random.nextInt(-5, 6))
                .toArray());
    }

    private int[] shocks(int index) {
        int width = index == USD ? 150_000 : 1 + random.nextInt(900_000);
        return IntStream.range(0, rows)
                .map(row -> row == rows - 1 ? 0 : random.nextInt(-width, width + 1))
                .toArray();
    }

    private GroupMoves moves(int index) {
        int[] damp = new int[rows];
        Arrays.fill(damp, MILLION);
        return new GroupMoves(
                groupNumber(index), IntColumn.of(shocks[index]), IntColumn.of(damp), IntColumn.zeros(esRows));
    }

    private InstrumentRisk instrument(int index) {
        int group = random.nextInt(GROUPS);
        boolean option = random.nextBoolean();
        int value = option ? magnitude() : 0;
        int delta = random.nextBoolean() ? magnitude() : -magnitude();
        int vega = option ? magnitude() / 5 : 0;
        int[] row = option ? optionRow(value) : futureRow(delta, group);
        int spread = random.nextInt(4) == 0 ? 0 : magnitude() / 16;
        boolean dated = option || random.nextInt(3) == 0;
        boolean pair = !option && random.nextInt(4) == 0;
        return new InstrumentRisk(
                        7 * index + 2,
                        "instrument " + index,
                        groupNumber(group),
                        option && random.nextInt(4) != 0,
                        dated ? OptionalInt.of(random.nextInt(1, 120)) : OptionalInt.empty(),
                        value,
                        IntColumn.of(row),
                        pair ? Optional.of(shortSide(row)) : Optional.empty(),
                        shortfall(Math.max(value, Math.abs(delta))),
                        sensitivities(group, pair, delta),
                        vega == 0 ? List.of() : List.of(new Sensitivity(groupNumber(group), vega)),
                        spread,
                        crowd(),
                        knots(1 << 20, 1 + spread / 32),
                        0,
                        VenueRisk.FREE)
                .bounded();
    }

    /** Short lots of a two-asset product never gain more than long ones lose. */
    private IntColumn shortSide(int[] row) {
        return IntColumn.of(
                IntStream.of(row).map(profit -> profit + random.nextInt(1_000)).toArray());
    }

    private List<Sensitivity> sensitivities(int group, boolean pair, int delta) {
        if (delta == 0) {
            return List.of();
        }
        if (!pair) {
            return List.of(new Sensitivity(groupNumber(group), delta));
        }
        int first = random.nextInt(GROUPS - 1);
        int second = first + 1 + random.nextInt(GROUPS - 1 - first);
        return List.of(
                new Sensitivity(groupNumber(first), delta),
                new Sensitivity(groupNumber(second), Math.negateExact(delta)));
    }

    /** A lot cannot lose more than its mark, and can gain several times it. */
    private int[] optionRow(int value) {
        return IntStream.range(0, rows)
                .map(row -> (int) Math.min(Integer.MAX_VALUE, random.nextLong(-value, 6L * value + 1)))
                .toArray();
    }

    private int[] futureRow(int delta, int group) {
        return IntStream.of(shocks[group])
                .map(shock -> (int) Math.floorDiv((long) delta * shock, MILLION) + random.nextInt(-1, 2))
                .toArray();
    }

    private AssetRisk asset(int index) {
        int group = index < 3 ? USD : random.nextInt(GROUPS);
        boolean stable = group == USD;
        long price = magnitude() + 1L;
        int haircut = random.nextInt(0, 600_001);
        int residual = random.nextInt(0, 80_001);
        long value = Math.floorDiv(price * (MILLION - haircut), MILLION);
        long debtValue = Math.ceilDiv(price * (MILLION + residual), MILLION);
        long[] row = IntStream.of(shocks[group])
                .mapToLong(y -> collateralChange(price, haircut, residual, y) - value)
                .toArray();
        long[] debtRow = IntStream.of(shocks[group])
                .mapToLong(y -> stable ? Math.max(y, 0) : y)
                .map(y -> Math.ceilDiv(price * (MILLION + residual + y), MILLION) - debtValue)
                .toArray();
        List<Sensitivity> delta =
                stable ? List.of() : List.of(new Sensitivity(groupNumber(group), Math.toIntExact(price)));
        return new AssetRisk(
                        5 * index + 1,
                        "asset " + index,
                        groupNumber(group),
                        stable ? "stable" : "major",
                        stable,
                        price,
                        haircut,
                        residual,
                        0,
                        value,
                        IntColumn.ofLongs(row),
                        stable ? IntColumn.zeros(esRows) : shortfall(Math.toIntExact(value)),
                        debtValue,
                        IntColumn.ofLongs(debtRow),
                        stable ? IntColumn.zeros(esRows) : shortfall(Math.toIntExact(debtValue)),
                        delta,
                        stable ? CrowdSlopes.NONE : crowd(),
                        stable ? List.of() : knots(1 << 20, 1 + Math.toIntExact(price) / 64),
                        0,
                        AssetRisk.AtVenue.NONE)
                .bounded();
    }

    /** fdiv(W, 10¹²) of the format, without the deduction of K. */
    private static long collateralChange(long price, long haircut, long residual, long y) {
        BigInteger kept = BigInteger.valueOf(MILLION - haircut);
        BigInteger weighted = y >= 0
                ? kept.multiply(BigInteger.valueOf(MILLION + y))
                : BIG_MILLION
                        .multiply(kept)
                        .min(BigInteger.valueOf(MILLION + y).multiply(BigInteger.valueOf(MILLION - residual)));
        return BigInteger.valueOf(price)
                .multiply(weighted)
                .divide(BIG_MILLION.multiply(BIG_MILLION))
                .longValueExact();
    }

    /** From 0 to the largest, every order of size as likely. */
    private int magnitude() {
        int bits = random.nextInt(magnitudeBits + 1);
        return random.nextInt(1 << bits);
    }
}
