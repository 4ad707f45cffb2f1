package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.SharedReference;
import io.bulwark.netting.forecast.WalkForward.Contender;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The regressions of the published table on the series that it was made of, and what one bad print does to them. */
class PublishedFiguresTest {
    private static final TreeTrainer NONE = new TreeTrainer() {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Grower over(List<int[]> bins, TreeShape shape) {
            throw new AssertionError("no tree takes part");
        }
    };

    /** LVOL-002. */
    @Test
    void shouldRankAsPublishedAfterTheFilter() {
        Forecasts clean = walk(PriceFilter.clean(bitcoin()).prices());
        assertEquals(4_062, clean.days());
        assertEquals(0.030, score(clean, Contender.EWMA_OF_VARIANCE).gainOverEwma(), 0.0005);
        assertEquals(0.127, score(clean, Contender.HAR).gainOverEwma(), 0.0005);
        assertEquals(0.137, score(clean, Contender.HAR_LEVERAGE).gainOverEwma(), 0.0005);
        assertEquals(2.1, score(clean, Contender.HAR_LEVERAGE).statisticToHar(), 0.05);
    }

    /** LVOL-005: left in, the print of 2017-04-15 (low 0.06) makes every model of ranges worse than EWMA of returns. */
    @Test
    void shouldReverseTheRankingWithOneBadPrint() {
        Forecasts raw = walk(bitcoin());
        for (Contender contender : List.of(Contender.EWMA_OF_VARIANCE, Contender.HAR, Contender.HAR_LEVERAGE)) {
            double gain = score(raw, contender).gainOverEwma();
            assertTrue(gain < -0.6 && gain > -1, contender + " has " + gain);
        }
    }

    private static Forecasts walk(DailyPrices prices) {
        VarianceHistory history = VarianceHistory.ofRanges(prices, new double[0], VarianceMeasure.GARMAN_KLASS);
        return WalkForward.published(history.measure(), NONE, TreeShape.PUBLISHED, 1)
                .over(history, EnumSet.of(Contender.HAR_LEVERAGE));
    }

    static Forecasts.Score score(Forecasts forecasts, Contender contender) {
        return forecasts.scores().stream()
                .filter(score -> score.contender() == contender)
                .findFirst()
                .orElseThrow();
    }

    /** Two files that agree where they overlap: to 2020, and from 2015. */
    private static DailyPrices bitcoin() {
        SortedMap<Integer, double[]> candles = new TreeMap<>();
        SharedReference.read("margin/btc_daily.csv")
                .lines()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .map(line -> line.split(","))
                .forEach(c -> candles.put(day(c[0]), candle(c, 1, 2, 3, 4)));
        SharedReference.read("venues/market/btcusd_daily_2015_2025-09.csv")
                .lines()
                .filter(line -> Character.isDigit(line.charAt(0)))
                .map(line -> line.split(","))
                .forEach(c -> candles.put(day(c[0]), candle(c, 1, 5, 6, 2)));
        int[] days = candles.keySet().stream().mapToInt(day -> day).toArray();
        double[][] columns = new double[4][];
        for (int k = 0; k < 4; k++) {
            int column = k;
            columns[k] = candles.values().stream()
                    .mapToDouble(candle -> candle[column])
                    .toArray();
        }
        return new DailyPrices("BTC", days, columns[0], columns[1], columns[2], columns[3]);
    }

    private static int day(String cell) {
        return Math.toIntExact(LocalDate.parse(cell.substring(0, 10)).toEpochDay());
    }

    private static double[] candle(String[] cells, int... columns) {
        return Arrays.stream(columns)
                .mapToDouble(k -> Double.parseDouble(cells[k]))
                .toArray();
    }
}
