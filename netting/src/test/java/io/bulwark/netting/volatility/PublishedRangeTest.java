package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.PublishedRange.PriceRange;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published of a range day after day, beside what was published within a year. */
class PublishedRangeTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding().with(VolatilityParameters.YEAR_TIMES, 4);
    private static final int DAYS = 900;
    private static final int SETTLED = 31;

    /** VOLA-011: four times the least, a quarter of the greatest, and 35 % at any time. */
    @Test
    void shouldStayWithinFourTimesOfAYear() {
        YearBound bound = YearBound.of(FOUNDING);
        assertEquals(900_000, bound.within(0, 900_000), "nothing was published yet");
        bound.publish(0, 120_000);
        assertEquals(480_000, bound.within(1, 900_000));
        assertEquals(30_000, bound.within(1, 30_000), "a quarter of 120 000");
        bound.publish(1, 480_000);
        assertEquals(120_000, bound.within(2, 30_000));
        assertEquals(120_000, bound.within(366, 30_000), "a year later the greatest still counts");
        assertEquals(30_000, bound.within(367, 30_000), "and a day later no more");
        YearBound calm = YearBound.of(FOUNDING);
        calm.publish(0, 30_000);
        assertEquals(350_000, calm.within(1, 950_000), "who was calm is asked for what an unknown group is");
        calm.publish(1, 350_000);
        assertEquals(87_500, calm.within(2, 30_000));
    }

    /** Drawn histories with jumps up to +318 % and −76 %, calms and storms: both sides, every year. */
    @Test
    void shouldKeepPeakOverTroughOfEverySideWithinFour() {
        SplittableRandom random = new SplittableRandom(11);
        boolean bound = false;
        for (int trial = 0; trial < 40; trial++) {
            DailyPrices prices = drawn(random, 0.03 + 0.05 * random.nextDouble());
            VolatilityPath path = VolatilityPath.of(prices.logReturns(), VolatilityRule.of(FOUNDING));
            PriceRange[] ranges = PublishedRange.of(prices, path, FOUNDING);
            PriceRange[] free = PublishedRange.of(prices, path, FOUNDING.with(VolatilityParameters.YEAR_TIMES, 32));
            double up =
                    peakToTrough(Arrays.stream(ranges).mapToLong(PriceRange::up).toArray());
            double down = peakToTrough(
                    Arrays.stream(ranges).mapToLong(PriceRange::down).toArray());
            assertTrue(up <= 4 && down <= 4, "seed 11, trial " + trial + ": " + down + " and " + up);
            bound |= peakToTrough(Arrays.stream(free).mapToLong(PriceRange::up).toArray()) > 4.5;
        }
        assertTrue(bound, "some drawn history must swing further without the bound");
    }

    private static double peakToTrough(long[] ranges) {
        double largest = 1;
        for (int t = SETTLED; t < ranges.length; t++) {
            for (int before = Math.max(SETTLED, t - 365); before < t; before++) {
                double ratio = (double) ranges[t] / ranges[before];
                largest = Math.max(largest, Math.max(ratio, 1 / ratio));
            }
        }
        return largest;
    }

    /** What is published on a day does not change when later days are known. */
    @Test
    void shouldSayOfADayWhatAHistoryThatEndsWithItSays() {
        DailyPrices prices = drawn(new SplittableRandom(12), 0.04);
        PublishedVolatilityPath path = PublishedVolatilityPath.of(prices, FOUNDING);
        for (int rows = 2; rows <= DAYS; rows += 61) {
            DailyPrices known = prices.rows(0, rows);
            assertEquals(PublishedVolatility.of(known, FOUNDING), path.until(known.lastDay()));
        }
        assertThrows(IllegalArgumentException.class, () -> path.until(prices.epochDay(0)));
    }

    /** Nothing falls below the year's bound by governance that allows no bound: 30 times is more than all bounds leave. */
    @Test
    void shouldRiseAtOnceWhereTheBoundLeavesRoom() {
        DailyPrices prices = drawn(new SplittableRandom(13), 0.05);
        VolatilityPath path = VolatilityPath.of(prices.logReturns(), VolatilityRule.of(FOUNDING));
        PriceRange[] ranges = PublishedRange.of(prices, path, FOUNDING);
        for (int t = SETTLED; t < ranges.length; t++) {
            long estimate = PriceRange.ofLogMove(path.logMove(t)).up();
            int from = Math.max(30, t - 364);
            long least = Arrays.stream(ranges, from, t)
                    .mapToLong(PriceRange::up)
                    .min()
                    .orElse(950_000);
            long most = Math.min(950_000, Math.max(4 * least, 350_000));
            assertTrue(ranges[t].up() >= Math.min(estimate, most) - 1, "row " + t);
        }
    }

    private static DailyPrices drawn(SplittableRandom random, double calm) {
        double[] close = new double[DAYS];
        close[0] = 100;
        double volatility = calm;
        for (int t = 1; t < DAYS; t++) {
            volatility = random.nextInt(120) == 0 ? calm * (0.3 + 3 * random.nextDouble()) : volatility;
            double move = volatility * random.nextGaussian();
            double jump = random.nextInt(250) == 0 ? StrictMath.log(random.nextBoolean() ? 4.18 : 0.24) : 0;
            close[t] = close[t - 1] * StrictMath.exp(move + jump);
        }
        return DailyPrices.ofCloses("X", IntStream.range(18_000, 18_000 + DAYS).toArray(), close);
    }
}
