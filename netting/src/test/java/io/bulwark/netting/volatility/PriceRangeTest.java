package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.PublishedRange.PriceRange;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceRangeTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();

    /** VOLA-003: four standard deviations of 5 % a day. */
    @Test
    void shouldRoundBothSidesUp() {
        PriceRange range = PriceRange.of(0.05, 4, 1);
        assertEquals(181_270, range.down()); // 1 − e^−0.2 = 0.181269247
        assertEquals(221_403, range.up()); // e^0.2 − 1 = 0.221402758
        assertEquals(221_403, range.symmetric());
    }

    @Test
    void shouldGrowWithTheRootOfTheHorizon() {
        assertEquals(PriceRange.of(0.1, 4, 1), PriceRange.of(0.05, 4, 4));
    }

    @Test
    void shouldNeverCoverLessThanTheMoveItStandsFor() {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 5_000; trial++) {
            double move = random.nextDouble() * 1.5;
            PriceRange range = PriceRange.ofLogMove(move);
            assertTrue(
                    range.down() >= -1e6 * StrictMath.expm1(-move) && range.down() < 1 - 1e6 * StrictMath.expm1(-move));
            assertTrue(range.up() >= range.down(), "seed 7, trial " + trial);
        }
    }

    @Test
    void shouldStayInsidePublishedBounds() {
        assertEquals(new PriceRange(30_000, 30_000), new PriceRange(0, 0).within(30_000, 950_000));
        assertEquals(new PriceRange(900_000, 950_000), new PriceRange(900_000, 3_000_000).within(30_000, 950_000));
        assertThrows(IllegalArgumentException.class, () -> PriceRange.of(-0.1, 4, 1));
    }

    @Test
    void shouldPublishWhatTheSpeedLimitLeavesOfTheEstimates() {
        // A year of 5 % a day, then calm: the estimate falls by about 3 % a day, what is published by 2 %.
        int days = 400;
        int[] epochDays = new int[days];
        double[] close = new double[days];
        for (int t = 0; t < days; t++) {
            epochDays[t] = t;
            close[t] = t <= 365 && t % 2 == 1 ? StrictMath.exp(0.05) : 1;
        }
        DailyPrices prices = DailyPrices.ofCloses("X", epochDays, close);
        VolatilityRule rule = VolatilityRule.founding().with(new AntiProcyclicality.None());
        PriceRange before = range(prices.until(379), rule, FOUNDING);
        PriceRange after = range(prices.until(380), rule, FOUNDING);
        assertEquals(Math.ceilDiv(before.up() * 98, 100), after.up());
        assertEquals(Math.ceilDiv(before.down() * 98, 100), after.down());
        VolatilityPath path = VolatilityPath.of(prices.until(380).logReturns(), rule);
        assertTrue(
                after.up() > PriceRange.ofLogMove(path.logMove(path.size() - 1)).up());
        assertThrows(IllegalArgumentException.class, () -> PublishedRange.of(prices, path, FOUNDING));
    }

    private static PriceRange range(DailyPrices prices, VolatilityRule rule, ParameterSet governed) {
        PriceRange[] ranges = PublishedRange.of(prices, VolatilityPath.of(prices.logReturns(), rule), governed);
        return ranges[ranges.length - 1];
    }

    @Test
    void shouldKeepThePublishedRangeInsideItsBounds() {
        double[] calm = new double[50];
        java.util.Arrays.fill(calm, 1);
        double[] wild = calm.clone();
        wild[49] = 50;
        int[] epochDays = java.util.stream.IntStream.range(0, 50).toArray();
        VolatilityRule rule = VolatilityRule.founding();
        DailyPrices still = DailyPrices.ofCloses("X", epochDays, calm);
        assertEquals(new PriceRange(30_000, 30_000), range(still, rule, FOUNDING));
        DailyPrices jumped = DailyPrices.ofCloses("X", epochDays, wild);
        ParameterSet unbound = FOUNDING.with(VolatilityParameters.YEAR_TIMES, 32);
        assertEquals(950_000, range(jumped, rule, unbound).up());
        assertEquals(
                350_000,
                range(jumped, rule, FOUNDING).up(),
                "four times what a calm year published is less than this floor");
    }

    /** VOLA-005: 2 % a day down, up at once. */
    @Test
    void shouldFallSlowlyAndRiseAtOnce() {
        SpeedLimit limit = SpeedLimit.within(new Parameter("test.range", "ppm", 30_000, 950_000, 160_000), FOUNDING);
        assertEquals(196_000, limit.next(200_000, 100_000, 1));
        assertEquals(192_080, limit.next(200_000, 100_000, 2));
        assertEquals(196_001, limit.next(200_001, 100_000, 1), "196 000.98 rounds up");
        assertEquals(199_000, limit.next(200_000, 199_000, 1));
        assertEquals(500_000, limit.next(200_000, 500_000, 1));
        assertEquals(200_000, limit.next(200_000, 100_000, 0));
        assertEquals(30_000, limit.next(30_001, 0, 5_000));
        assertEquals(950_000, limit.next(900_000, 2_000_000, 1));
        assertEquals(30_000, limit.first(1));
    }
}
