package io.bulwark.netting.calibration;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.volatility.DailyPrices;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On how many days of a history some underlyings moved together at least as far as asked, from the close before to the close, each
 * rounded to a part per million.
 *
 * @param days on which each of them has a return over one day
 * @param asFar on how many of those each moved at least as far in its direction
 */
record MovedDays(int days, int asFar) {
    /**
     * Counts.
     *
     * @param prices of those that move; nothing is counted where nobody does
     * @param movesPpm by name
     */
    static MovedDays of(List<DailyPrices> prices, Map<String, Integer> movesPpm) {
        SortedMap<Integer, Integer> seen = new TreeMap<>();
        SortedMap<Integer, Integer> far = new TreeMap<>();
        for (DailyPrices one : prices) {
            int[] day = one.epochDays();
            double[] close = one.close();
            int move = movesPpm.getOrDefault(one.underlying(), 0);
            for (int t = 1; t < day.length; t++) {
                if (day[t] != day[t - 1] + 1) {
                    continue;
                }
                seen.merge(day[t], 1, Integer::sum);
                long happened = Math.round((close[t] / close[t - 1] - 1) * Ppm.ONE);
                if (move < 0 ? happened <= move : happened >= move) {
                    far.merge(day[t], 1, Integer::sum);
                }
            }
        }
        return new MovedDays(of(seen, prices.size()), of(far, prices.size()));
    }

    private static int of(SortedMap<Integer, Integer> days, int all) {
        return (int) days.values().stream().filter(many -> many == all).count();
    }
}
