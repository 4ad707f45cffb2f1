package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.volatility.PriceFlag.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceFilterTest {
    private static final int DAYS = 60;

    /** A price near {@code level} with a range of {@code range} every day. */
    private static DailyPrices calm(double level, double range) {
        int[] days = new int[DAYS];
        double[] close = new double[DAYS];
        double[] high = new double[DAYS];
        double[] low = new double[DAYS];
        for (int t = 0; t < DAYS; t++) {
            days[t] = 100 + t;
            close[t] = level * (1 + range * (t % 3 - 1) / 10);
            high[t] = level * (1 + range / 2);
            low[t] = level * (1 - range / 2);
        }
        return new DailyPrices("X", days, close, high, low, close);
    }

    private static DailyPrices with(DailyPrices prices, int row, double open, double high, double low, double close) {
        double[] opens = prices.open();
        double[] highs = prices.high();
        double[] lows = prices.low();
        double[] closes = prices.close();
        opens[row] = open;
        highs[row] = high;
        lows[row] = low;
        closes[row] = close;
        return new DailyPrices(prices.underlying(), prices.epochDays(), opens, highs, lows, closes);
    }

    /** VOLA-008: the one bad print of the real history, by name; the crash of March 2020 stays. */
    @Test
    void shouldFindTheBadPrintOfBitcoinAndNothingElse() {
        Cleaned cleaned = PriceFilter.clean(BitcoinHistory.whole());
        assertEquals(1, cleaned.removed().size());
        BadPrint bad = cleaned.removed().getFirst();
        assertEquals(BitcoinHistory.day("2017-04-15"), bad.epochDay());
        assertEquals(BadPrint.Field.LOW, bad.field());
        assertEquals(0.06, bad.value());
        assertEquals(1173.13, bad.replacement());
        int row = Arrays.binarySearch(cleaned.prices().epochDays(), bad.epochDay());
        assertEquals(1173.13, cleaned.prices().low()[row]);
    }

    @Test
    void shouldFlagTheDaysWithoutTrade() {
        List<PriceFlag> flat = PriceFilter.clean(BitcoinHistory.whole()).flagged().stream()
                .filter(flag -> flag.kind() == Kind.FLAT_RUN && flag.firstDay() > BitcoinHistory.day("2012-01-01"))
                .toList();
        assertEquals(
                List.of(new PriceFlag(
                        "BTC",
                        BitcoinHistory.day("2015-01-06"),
                        BitcoinHistory.day("2015-01-08"),
                        Kind.FLAT_RUN,
                        276.8)),
                flat);
    }

    /** USDC on 2023-03-11, the real day after calm ones: 0.9947, 1.0026, 0.8994, 0.9609. A depeg is a crash of a stable, not a misprint. */
    @Test
    void shouldKeepADepeg() {
        DailyPrices prices = with(calm(1, 0.0004), 50, 0.9947, 1.0026, 0.8994, 0.9609);
        Cleaned cleaned = PriceFilter.clean(prices);
        assertEquals(List.of(), cleaned.removed());
        assertEquals(prices, cleaned.prices());
        assertEquals(
                List.of(Kind.WIDE_DAY),
                cleaned.flagged().stream()
                        .map(PriceFlag::kind)
                        .filter(k -> k == Kind.WIDE_DAY)
                        .toList());
    }

    @Test
    void shouldReplaceHighAndLowEachByWhatTheDayBearsOut() {
        Cleaned high = PriceFilter.clean(with(calm(100, 0.02), 40, 100, 100_000, 99, 100.5));
        assertEquals(100.5, high.prices().high()[40]);
        assertEquals(99, high.prices().low()[40]);
        Cleaned both = PriceFilter.clean(with(calm(100, 0.02), 40, 100, 100_000, 0.001, 100.5));
        assertEquals(100.5, both.prices().high()[40]);
        assertEquals(100, both.prices().low()[40]);
        assertEquals(2, both.removed().size());
    }

    /** At the limit: 60 × the median range. */
    @Test
    void shouldKeepARangeOfTheLimitAndReplaceOneBeyond() {
        DailyPrices calm = calm(100, 0.02);
        double limit = 60 * calm.logRange(0);
        double low = 101 / StrictMath.exp(limit);
        assertEquals(
                List.of(),
                PriceFilter.clean(with(calm, 40, 100, 101, low * 1.0001, 100)).removed());
        assertEquals(
                1,
                PriceFilter.clean(with(calm, 40, 100, 101, low * 0.9999, 100))
                        .removed()
                        .size());
    }

    /** A median range of 0.04 % allows 2.4 %: the floor of 5 % is what counts. */
    @Test
    void shouldJudgeNoRangeBelowTheFloor() {
        DailyPrices calm = calm(1, 0.0004);
        assertEquals(
                List.of(), PriceFilter.clean(with(calm, 40, 1, 1, 0.952, 1)).removed());
        assertEquals(
                1, PriceFilter.clean(with(calm, 40, 1, 1, 0.951, 1)).removed().size());
    }

    @Test
    void shouldFlagAJumpOfACloseAndLeaveIt() {
        double[] close = new double[DAYS];
        for (int t = 0; t < DAYS; t++) {
            close[t] = t % 2 == 0 ? 100 : 101;
        }
        close[45] = 1;
        DailyPrices prices = DailyPrices.ofCloses("X", calm(1, 0.1).epochDays(), close);
        Cleaned cleaned = PriceFilter.clean(prices);
        assertEquals(prices, cleaned.prices());
        assertEquals(
                List.of(145, 146),
                cleaned.flagged().stream()
                        .filter(flag -> flag.kind() == Kind.JUMP)
                        .map(PriceFlag::firstDay)
                        .toList());
    }

    @Test
    void shouldNameMissingDays() {
        DailyPrices prices = DailyPrices.ofCloses("X", new int[] {10, 11, 15}, new double[] {1, 2, 3});
        assertEquals(
                List.of(new PriceFlag("X", 12, 14, Kind.GAP, 3)),
                PriceFilter.clean(prices).flagged());
    }

    @Test
    void shouldJudgeADayByItselfAndTheDaysBeforeIt() {
        SplittableRandom random = new SplittableRandom(5);
        DailyPrices prices = calm(100, 0.02);
        for (int bad = 0; bad < 8; bad++) {
            int row = 31 + random.nextInt(DAYS - 31);
            double close = prices.close(row);
            prices = with(prices, row, close, close * 1.01, close / (1 + 99 * random.nextDouble()), close);
        }
        Cleaned whole = PriceFilter.clean(prices);
        assertTrue(whole.removed().size() > 2, "seed 5 must make bad prints");
        for (int last = 100; last < 100 + DAYS; last++) {
            int day = last;
            Cleaned begun = PriceFilter.clean(prices.until(day));
            assertEquals(whole.prices().until(day), begun.prices());
            assertEquals(
                    whole.removed().stream().filter(p -> p.epochDay() <= day).toList(), begun.removed());
        }
    }
}
