package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VolatilityPathTest {
    private static final long SEED = 20_260_101;
    private static final VolatilityRule RULE = VolatilityRule.founding();

    /** Returns with calm and storm, fat tails and days without a move. */
    private static double[] returns(SplittableRandom random, int days) {
        double[] returns = new double[days];
        double scale = 0.02;
        for (int t = 0; t < days; t++) {
            scale = Math.clamp(scale * StrictMath.exp(0.2 * (random.nextDouble() - 0.5)), 0.001, 0.2);
            double tail = 1 / StrictMath.sqrt(1 - 0.98 * random.nextDouble());
            returns[t] = random.nextInt(20) == 0 ? 0 : scale * tail * (random.nextBoolean() ? 1 : -1);
        }
        return returns;
    }

    @Test
    void shouldNotDependOnTheFuture() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 30; trial++) {
            double[] returns = returns(random, 300 + random.nextInt(1_500));
            VolatilityPath whole = VolatilityPath.of(returns, RULE);
            for (int cut : new int[] {1, 2, 17, 18, 19, 200, 1 + random.nextInt(returns.length)}) {
                VolatilityPath begun = VolatilityPath.of(Arrays.copyOf(returns, cut), RULE);
                assertEquals(whole.at(cut - 1), begun.last(), "seed " + SEED + ", trial " + trial + ", day " + cut);
            }
        }
    }

    @Test
    void shouldScaleWithReturnsAndLeaveKurtosisAndRegime() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 30; trial++) {
            double[] returns = returns(random, 1_200);
            // A power of two scales doubles without rounding, so equality is exact.
            double[] scaled = Arrays.stream(returns).map(r -> r * 4).toArray();
            VolatilityPath path = VolatilityPath.of(returns, RULE);
            VolatilityPath times4 = VolatilityPath.of(scaled, RULE);
            assertArrayEquals(Arrays.stream(path.used()).map(s -> 4 * s).toArray(), times4.used());
            assertArrayEquals(path.kurtosis(), times4.kurtosis());
            assertArrayEquals(path.stressed(), times4.stressed());
        }
    }

    @Test
    void shouldNotFallWhenOneReturnGrows() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 30; trial++) {
            double[] returns = returns(random, 1_400);
            double[] wilder = returns.clone();
            wilder[random.nextInt(returns.length)] *= 1 + 3 * random.nextDouble();
            double[] used = VolatilityPath.of(returns, RULE).used();
            double[] more = VolatilityPath.of(wilder, RULE).used();
            for (int t = 0; t < used.length; t++) {
                assertTrue(more[t] >= used[t] * (1 - 1e-12), "seed " + SEED + ", trial " + trial + ", day " + t);
            }
        }
    }

    @Test
    void shouldKeepUsedBetweenItsPartsAndMultiplierInItsBand() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 30; trial++) {
            VolatilityPath path = VolatilityPath.of(returns(random, 1_200), RULE);
            for (int t = 0; t < path.size(); t++) {
                VolatilityEstimate at = path.at(t);
                assertTrue(
                        at.used() >= 0.75 * at.tenYear() && at.used() >= 0.75 * at.now() + 0.25 * at.stress() - 1e-15);
                assertTrue(at.multiplier() >= 3.0902 && at.multiplier() < 5.0724, "m = " + at.multiplier());
            }
        }
    }

    /** VOLA-001: four returns by hand. Until the newest weight is 6 %, σ_now is the plain root mean square. */
    @Test
    void shouldBeginWithThePlainMean() {
        double[] now =
                VolatilityPath.of(new double[] {0.01, -0.03, 0.02, 0}, RULE).now();
        assertEquals(0.01, now[0], 1e-15);
        assertEquals(Math.sqrt(0.0010 / 2), now[1], 1e-15);
        assertEquals(Math.sqrt(0.0014 / 3), now[2], 1e-15);
        assertEquals(Math.sqrt(0.0014 / 4), now[3], 1e-15);
    }

    @Test
    void shouldDecayBySixPercentOfVarianceOnADayWithoutAMove() {
        double[] returns = new double[100];
        Arrays.fill(returns, 0.03);
        returns[99] = 0;
        double[] now = VolatilityPath.of(returns, RULE).now();
        assertEquals(0.03, now[98], 1e-15);
        assertEquals(0.03 * Math.sqrt(0.94), now[99], 1e-15);
    }

    @Test
    void shouldForgetTheLongRunAfterTenYears() {
        double[] returns = new double[3_653];
        Arrays.fill(returns, 0.01);
        returns[0] = 0.5;
        double[] tenYear = VolatilityPath.of(returns, RULE).tenYear();
        assertEquals(Math.sqrt((0.25 + 3_651 * 0.0001) / 3_652), tenYear[3_651], 1e-12);
        assertEquals(0.01, tenYear[3_652], 1e-9);
    }

    @Test
    void shouldRaiseKurtosisByTheClipAtMost() {
        double[] returns = new double[200];
        for (int t = 0; t < returns.length; t++) {
            returns[t] = t % 2 == 0 ? 0.01 : -0.01;
        }
        returns[199] = -0.9;
        double[] kurtosis = VolatilityPath.of(returns, RULE).kurtosis();
        assertEquals(0.985 * kurtosis[198] + 0.015 * 625, kurtosis[199], 1e-12);
        assertEquals(0.985 * kurtosis[197] + 0.015, kurtosis[198], 1e-9);
    }

    @Test
    void shouldTakeAMoveOutOfPerfectCalmAsExtreme() {
        double[] returns = new double[31];
        returns[30] = 0.05;
        VolatilityPath path = VolatilityPath.of(returns, RULE);
        assertEquals(0, path.at(29).used());
        assertEquals(0.985 * path.at(29).kurtosis() + 0.015 * 625, path.last().kurtosis(), 1e-12);
        assertTrue(path.last().stressed());
    }

    @Test
    void shouldRefuseWhatIsNoReturn() {
        assertThrows(IllegalArgumentException.class, () -> VolatilityPath.of(new double[0], RULE));
        assertThrows(IllegalArgumentException.class, () -> VolatilityPath.of(new double[] {0.01, Double.NaN}, RULE));
    }
}
