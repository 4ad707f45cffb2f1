package io.bulwark.netting.correlation;

import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Log returns of several underlyings over their volatility of the day before, on the days that all of them have.
 *
 * @param underlyings names, in order
 * @param epochDays the common days; a return ends on each but the first
 * @param values a row an underlying, a column a return, the newest last
 */
record StandardisedReturns(List<String> underlyings, int[] epochDays, double[][] values) {
    public StandardisedReturns {
        underlyings = List.copyOf(underlyings);
    }

    /**
     * The returns of histories of one or more underlyings.
     *
     * @throws IllegalArgumentException if they have fewer than three days in common, or two have one name
     */
    public static StandardisedReturns of(List<DailyPrices> histories, VolatilityRule rule) {
        List<String> names = histories.stream().map(DailyPrices::underlying).toList();
        if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("underlyings must have different names, at least one; have " + names);
        }
        int[] days = commonDays(histories);
        if (days.length < 3) {
            throw new IllegalArgumentException(names + " must have at least three days in common; have " + days.length);
        }
        double[][] values = histories.stream()
                .map(history -> standardised(closes(history, days), rule))
                .toArray(double[][]::new);
        return new StandardisedReturns(names, days, values);
    }

    private static int[] commonDays(List<DailyPrices> histories) {
        List<Set<Integer>> sets = new ArrayList<>();
        for (DailyPrices history : histories) {
            Set<Integer> days = new HashSet<>();
            for (int day : history.epochDays()) {
                days.add(day);
            }
            sets.add(days);
        }
        int[] first = histories.getFirst().epochDays();
        return Arrays.stream(first)
                .filter(day -> sets.stream().allMatch(days -> days.contains(day)))
                .toArray();
    }

    private static DailyPrices closes(DailyPrices history, int[] days) {
        double[] close = new double[days.length];
        int row = 0;
        for (int t = 0; t < days.length; t++) {
            while (history.epochDay(row) < days[t]) {
                row++;
            }
            close[t] = history.close(row);
        }
        return DailyPrices.ofCloses(history.underlying(), days, close);
    }

    private static double[] standardised(DailyPrices closes, VolatilityRule rule) {
        double[] returns = closes.logReturns();
        double[] now = VolatilityPath.of(returns, rule).now();
        double[] standardised = new double[returns.length - 1];
        for (int t = 0; t < standardised.length; t++) {
            standardised[t] = now[t] > 0 ? returns[t + 1] / now[t] : 0;
        }
        return standardised;
    }

    /** The last common day. */
    public int lastDay() {
        return epochDays[epochDays.length - 1];
    }

    @Override
    public int[] epochDays() {
        return epochDays.clone();
    }

    @Override
    public double[][] values() {
        return Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
    }
}
