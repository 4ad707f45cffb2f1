package io.bulwark.prover;

import io.bulwark.clearing.epoch.CanonicalValue;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.Combo;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.GroupCharges;
import io.bulwark.netting.risktable.GroupMoves;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.Sensitivity;
import io.bulwark.netting.risktable.SizeCharge;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Tables of the slice's form with random numbers: families J and S, spread, impact and quantisation, everything else zero.
 *
 * <p>Prices, moves, haircuts and slopes span the whole legal range, so that what is rare in a real table is common here. Collateral and
 * debt rows follow from price, haircut and move by the exact rule of the format; instrument rows are any numbers that a pricing model
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

    private final SplittableRandom random;
    private final int rows;
    private final int magnitudeBits;
    private final int[][] shocks;

    private RandomRiskTable(SplittableRandom random, int rows, int magnitudeBits) {
        this.random = random;
        this.rows = rows;
        this.magnitudeBits = magnitudeBits;
        this.shocks = IntStream.range(0, GROUPS).mapToObj(this::shocks).toArray(int[][]::new);
    }

    /**
     * A random table.
     *
     * @param rows scenario rows; the last is the cross row
     * @param magnitudeBits prices and marks of one lot stay below 2 to this power, u; at most 27
     */
    public static RiskTable of(SplittableRandom random, int rows, int magnitudeBits) {
        return new RandomRiskTable(random, rows, magnitudeBits).table();
    }

    private RiskTable table() {
        List<IntColumn> joint =
                IntStream.range(0, rows - 1).mapToObj(IntColumn::of).toList();
        IntColumn all = IntColumn.of(IntStream.range(0, rows).toArray());
        return new RiskTable(
                CanonicalValue.array(),
                scenarioRows(),
                List.of(new Family("J", joint), new Family("S", List.of(all))),
                List.of(
                        new Combo("joint", IntColumn.of(MILLION, 0)),
                        new Combo("breakdown", IntColumn.of(800_000, 200_000))),
                IntStream.range(0, GROUPS).mapToObj(this::moves).toList(),
                IntColumn.zeros(1),
                IntColumn.of(MILLION),
                IntStream.range(0, GROUPS).mapToObj(this::group).toList(),
                IntStream.range(0, INSTRUMENTS).mapToObj(this::instrument).toList(),
                IntStream.range(0, ASSETS).mapToObj(this::asset).toList(),
                new RiskParameters(
                        10_000,
                        random.nextInt(700_000, 900_001),
                        random.nextInt(0, 50_001),
                        random.nextInt(1_000_000),
                        1L << 60,
                        Integer.MAX_VALUE));
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
        SizeCharge impact = new SizeCharge(random.nextInt(0, 400_001), random.nextInt(0, 400_001), List.of());
        List<GroupCharges.Basis> basis = IntStream.of(EXPIRIES)
                .mapToObj(days -> new GroupCharges.Basis(days, 0))
                .toList();
        GroupCharges charges = new GroupCharges(
                impact,
                SizeCharge.NONE,
                new GroupCharges.Crowding(0, List.of()),
                new GroupCharges.Skew(1, 0, 0),
                basis);
        return new Group(groupNumber(index), "group " + index, Optional.of(charges));
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
        return new GroupMoves(groupNumber(index), IntColumn.of(shocks[index]), IntColumn.of(damp), IntColumn.zeros(1));
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
        return new InstrumentRisk(
                7 * index + 2,
                "instrument " + index,
                groupNumber(group),
                option && random.nextInt(4) != 0,
                dated ? OptionalInt.of(random.nextInt(1, 120)) : OptionalInt.empty(),
                value,
                IntColumn.of(row),
                Optional.empty(),
                IntColumn.zeros(1),
                delta == 0 ? List.of() : List.of(new Sensitivity(groupNumber(group), delta)),
                vega == 0 ? List.of() : List.of(new Sensitivity(groupNumber(group), vega)),
                spread,
                CrowdSlopes.NONE,
                List.of(),
                largest(row, value, delta, 5L * vega, spread));
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
        long haircut = random.nextInt(0, 600_001);
        long residual = random.nextInt(0, 80_001);
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
        long bound = Math.max(
                largest(IntColumn.ofLongs(row).stream().toArray(), value, debtValue, price),
                largest(IntColumn.ofLongs(debtRow).stream().toArray()));
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
                IntColumn.zeros(1),
                debtValue,
                IntColumn.ofLongs(debtRow),
                IntColumn.zeros(1),
                delta,
                CrowdSlopes.NONE,
                List.of(),
                bound);
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

    private static long largest(int[] row, long... others) {
        return LongStream.concat(IntStream.of(row).asLongStream(), LongStream.of(others))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /** From 0 to the largest, every order of size as likely. */
    private int magnitude() {
        int bits = random.nextInt(magnitudeBits + 1);
        return random.nextInt(1 << bits);
    }
}
