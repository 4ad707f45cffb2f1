package io.bulwark.netting.volatility;

import io.bulwark.netting.SharedReference;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The real BTC/USD days 2011-08-18 to 2025-09-24: one file to the end of 2020, the other from then on, as the published backtest joins them. */
final class BitcoinHistory {
    private static final String SPLIT = "2021-01-01";

    private BitcoinHistory() {}

    static DailyPrices whole() {
        List<String[]> rows = new ArrayList<>();
        SharedReference.read("margin/btc_daily.csv")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("date"))
                .map(line -> line.split(","))
                .forEach(c -> rows.add(new String[] {c[0], c[1], c[2], c[3], c[4]}));
        SharedReference.read("venues/market/btcusd_daily_2015_2025-09.csv")
                .lines()
                .skip(1)
                .filter(line -> line.compareTo(SPLIT) >= 0)
                .map(line -> line.split(","))
                .forEach(c -> rows.add(new String[] {c[0].substring(0, 10), c[1], c[5], c[6], c[2]}));
        return new DailyPrices(
                "BTC",
                rows.stream().mapToInt(row -> day(row[0])).toArray(),
                column(rows, 1),
                column(rows, 2),
                column(rows, 3),
                column(rows, 4));
    }

    static int day(String iso) {
        return (int) LocalDate.parse(iso).toEpochDay();
    }

    private static double[] column(List<String[]> rows, int cell) {
        return rows.stream()
                .map(row -> row[cell])
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Index into the log returns of the return that ends on this day. */
    static int returnOf(DailyPrices prices, String iso) {
        return Arrays.binarySearch(prices.epochDays(), day(iso)) - 1;
    }
}
