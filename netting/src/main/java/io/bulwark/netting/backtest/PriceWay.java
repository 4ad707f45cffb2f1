package io.bulwark.netting.backtest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The prices of one coin on the way through a window, one after the other and straight between them, millionths of the price at its
 * beginning.
 *
 * @param prices after the beginning, at least one; the last is where the window ends
 * @param deleveraging of winning positions on the way; empty where nobody is
 */
record PriceWay(List<Long> prices, Optional<Deleveraging> deleveraging) {
    /**
     * A venue closes winning perpetuals at mark.
     *
     * @param venue its name
     * @param place in the prices of the one at which it does
     */
    public record Deleveraging(String venue, int place) {}

    /** Copies and checks. */
    public PriceWay {
        prices = List.copyOf(prices);
        if (prices.isEmpty() || prices.stream().anyMatch(price -> price <= 0)) {
            throw new IllegalArgumentException("a way must have prices, each above 0; have " + prices);
        }
    }

    /** Where the window ends. */
    long end() {
        return prices.getLast();
    }

    /**
     * The ways that candles leave open: within each day its low or its high came first.
     *
     * @param candles of the coin
     * @param afterDay epoch day at whose close the window begins
     * @param lastDay epoch day at whose close it ends
     */
    static List<PriceWay> of(DailyPrices candles, int afterDay, int lastDay) {
        int[] days = candles.epochDays();
        int begin = Arrays.binarySearch(days, afterDay);
        int end = Arrays.binarySearch(days, lastDay);
        double start = candles.close(begin);
        List<Long> lowFirst = new ArrayList<>();
        List<Long> highFirst = new ArrayList<>();
        double[] low = candles.low();
        double[] high = candles.high();
        for (int day = begin + 1; day <= end; day++) {
            long least = ppm(low[day] / start);
            long most = ppm(high[day] / start);
            long close = ppm(candles.close(day) / start);
            lowFirst.addAll(List.of(least, most, close));
            highFirst.addAll(List.of(most, least, close));
        }
        return List.of(new PriceWay(lowFirst, Optional.empty()), new PriceWay(highFirst, Optional.empty()));
    }

    private static long ppm(double share) {
        return Math.max(1, (long) Math.rint(Ppm.ONE * share));
    }
}
