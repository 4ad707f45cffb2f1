package io.bulwark.netting.backtest;

import io.bulwark.netting.SharedReference;
import io.bulwark.netting.volatility.DailyPrices;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The real series of the reference folder, joined where a later file goes on. */
final class ReferenceSeries {
    static final int FIRST_DAY = day("2014-01-01");
    static final int LAST_DAY = day("2025-09-24");

    private ReferenceSeries() {}

    /** BTC/USD, 2011-08-18 to 2025-09-24: the older file to its time split, the newer one after it. */
    static BookHistory bitcoin() {
        return BookHistory.of(List.of(bitcoinCandles()));
    }

    /** The same with highs and lows. */
    static DailyPrices bitcoinCandles() {
        TreeMap<Integer, double[]> rows = new TreeMap<>();
        read("venues/market/btcusd_daily_2015_2025-09.csv", rows, 1, 5, 6, 2);
        read("margin/btc_daily.csv", rows, 1, 2, 3, 4);
        return new DailyPrices("BTC", days(rows), column(rows, 0), column(rows, 1), column(rows, 2), column(rows, 3));
    }

    /** BTC and ETH, 2020-08-03 to 2024-06-15: closes of two files from one source; they agree on every common day. */
    static BookHistory bitcoinAndEther() {
        TreeMap<Integer, double[]> rows = new TreeMap<>();
        read("venues/market/daily_close_9assets_2020-10_2024-06.csv", rows, 1, 2);
        read("margin/btc_eth_daily_rv.csv", rows, 1, 2);
        return closes(rows, "BTC", "ETH");
    }

    /** BTC, ETH, ADA, BNB, 2020-08-03 to 2021-10-29: the first two thirds. */
    static BookHistory fourAssets() {
        TreeMap<Integer, double[]> rows = new TreeMap<>();
        read("margin/four_asset_daily.csv", rows, 1, 2, 3, 4);
        return closes(rows, "BTC", "ETH", "ADA", "BNB");
    }

    /** The days up to one. */
    static BookHistory until(BookHistory history, String last) {
        return history.until(day(last));
    }

    /** Windows that do not overlap. */
    static Windows apart(int firstDay, int lastDay, int horizonDays) {
        return new Windows(firstDay, lastDay, horizonDays, horizonDays);
    }

    /** What a backtest by the published rule estimates with. */
    static DayStates.Estimation estimation(int horizonDays, int lookBack) {
        return estimation(horizonDays, lookBack, OptionalInt.empty());
    }

    /** The same with a fixed κ, ppm, where one is given. */
    static DayStates.Estimation estimation(int horizonDays, int lookBack, OptionalInt apart) {
        return new DayStates.Estimation(MoveRule.named(MoveRule.STRESS_AND_FLOOR), horizonDays, lookBack, apart);
    }

    static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    private static BookHistory closes(Map<Integer, double[]> rows, String... names) {
        int[] days = days(rows);
        return BookHistory.of(java.util.stream.IntStream.range(0, names.length)
                .mapToObj(i -> DailyPrices.ofCloses(names[i], days, column(rows, i)))
                .toList());
    }

    private static void read(String file, Map<Integer, double[]> rows, int... columns) {
        SharedReference.read(file).lines().filter(line -> line.startsWith("20")).forEach(line -> {
            String[] cells = line.split(",", -1);
            double[] row = new double[columns.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = Double.parseDouble(cells[columns[i]]);
            }
            rows.put(day(cells[0].substring(0, 10)), row);
        });
    }

    private static int[] days(Map<Integer, double[]> rows) {
        return rows.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] column(Map<Integer, double[]> rows, int column) {
        return rows.values().stream().mapToDouble(row -> row[column]).toArray();
    }
}
