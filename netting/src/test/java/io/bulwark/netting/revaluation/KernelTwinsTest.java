package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.scenario.CrashDay;
import io.bulwark.netting.scenario.ScenarioRows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KernelTwinsTest {
    private static final long SEED = 606_060;

    private final List<ScenarioRow> rows = rows();
    private final Worlds stress = Worlds.stress(rows, SurfaceRule.PUBLISHED);

    @Test
    void shouldGiveTheSameBitsInLanesAsOneRowAtATime() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        PriceColumns moves = moves(random);
        for (int i = 0; i < 400; i++) {
            Payoff.European option = option(random, i);
            OptionColumn column = new OptionColumn(option, new OptionValue.Lognormal(), SurfaceRule.PUBLISHED);
            double[] plain = new double[stress.level.length];
            double[] lanes = new double[stress.level.length];
            column.values(stress, moves, 1e9, column.price(), plain);
            OptionLanes.values(column, stress, moves, 1e9, column.price(), lanes);
            assertArrayEquals(bits(plain), bits(lanes), option::toString);
        }
    }

    @Test
    void shouldGiveTheSameBitsInLanesForAmericanOptions() {
        Random random = new Random(SEED);
        PriceColumns moves = moves(random);
        for (int i = 0; i < 20; i++) {
            OptionValue.Tree tree = new OptionValue.Tree(0.95 + 0.1 * random.nextDouble(), 16 + 4 * (i % 5));
            OptionColumn column = new OptionColumn(option(random, i), tree, SurfaceRule.PUBLISHED);
            double[] plain = new double[stress.level.length];
            double[] lanes = new double[stress.level.length];
            column.values(stress, moves, 1e9, column.price(), plain);
            OptionLanes.values(column, stress, moves, 1e9, column.price(), lanes);
            assertArrayEquals(bits(plain), bits(lanes), () -> column.option + " on " + tree);
        }
    }

    @Test
    void shouldRefuseAnEntryThatDoesNotFit() {
        double[] values = {5, 3_000_000_000.0};
        assertThrows(ArithmeticException.class, () -> Quantiser.column(values, 2, 0));
        assertThrows(ArithmeticException.class, () -> Quantiser.column(new double[] {Double.NaN}, 1, 0));
        assertThrows(ArithmeticException.class, () -> Quantiser.units(Double.NaN));
    }

    /** The joint grid, and twisted, skewed and volatile rows beyond it. */
    private static List<ScenarioRow> rows() {
        List<ScenarioRow> rows = new ArrayList<>(ScenarioRows.joint());
        rows.add(ScenarioRows.replay(CrashDay.MARCH_2020));
        rows.add(new ScenarioRow(
                new ScenarioRow.Absolute(0), new BigDecimal("0.37"), new BigDecimal("-0.8"), -1, List.of(), false));
        return rows;
    }

    private PriceColumns moves(Random random) {
        int[] shock = random.ints(rows.size(), -999_999, 4_000_000).toArray();
        int[] damp = random.ints(rows.size(), 0, 1_000_001).toArray();
        IntStream.range(0, 20).forEach(row -> shock[row] = row % 2 == 0 ? 0 : -999_999);
        return new PriceColumns(IntColumn.of(shock), IntColumn.of(damp));
    }

    /** Every kind: expired, expiring within the decay, at the money, far in and out of it. */
    private static Payoff.European option(Random random, int i) {
        double strike = i % 5 == 0 ? 100 : 100 * StrictMath.exp(2 * random.nextGaussian());
        double years = new double[] {0, 1 / 365.0, 2 / 365.0, random.nextDouble(), 5 * random.nextDouble()}[i % 5];
        return new Payoff.European(
                1,
                random.nextBoolean() ? OptionRight.CALL : OptionRight.PUT,
                100,
                strike,
                years,
                0.01 + 2 * random.nextDouble(),
                1);
    }

    private long[] bits(double[] values) {
        return Arrays.stream(values, 0, stress.count)
                .mapToLong(Double::doubleToRawLongBits)
                .toArray();
    }
}
