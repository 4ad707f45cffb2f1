package io.bulwark.netting.tail;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The residuals of all groups over one look-back, day by day. Groups stand in the order of how much history they have, the longest
 * first, so that on every day the groups that are known are the first ones.
 */
final class JointHistory {
    /** Days of the worst year. */
    private static final int YEAR = 365;

    /** A year counts only if the first group has this many returns in it. */
    private static final int YEAR_RETURNS_MIN = 300;

    private final List<FilteredResiduals> groups;
    private final int first;
    private final int last;

    JointHistory(List<FilteredResiduals> groups, int lookBackDays) {
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("a history must have a group");
        }
        this.last = groups.stream().mapToInt(FilteredResiduals::last).max().orElseThrow();
        this.first = last - lookBackDays + 1;
        this.groups = groups.stream()
                .sorted(Comparator.comparingInt((FilteredResiduals g) -> -count(g))
                        .thenComparing(FilteredResiduals::group))
                .toList();
    }

    private int count(FilteredResiduals group) {
        return group.size() - group.from(first);
    }

    /** In the order of their history. */
    List<FilteredResiduals> groups() {
        return groups;
    }

    int last() {
        return last;
    }

    /** The residuals of a group in the look-back. */
    double[] residuals(int group) {
        FilteredResiduals g = groups.get(group);
        return IntStream.range(g.from(first), g.size()).mapToDouble(g::residual).toArray();
    }

    /** The days of the look-back on which the first group has a return. */
    int[] days() {
        FilteredResiduals g = groups.getFirst();
        return IntStream.range(g.from(first), g.size()).map(g::day).toArray();
    }

    /** How many of the first groups have a return on a day. */
    int known(int day) {
        int known = 0;
        while (known < groups.size() && groups.get(known).find(day) >= 0) {
            known++;
        }
        return known;
    }

    /** The residuals of all groups on the days that all have. */
    double[][] complete() {
        int[] days =
                Arrays.stream(days()).filter(day -> known(day) == groups.size()).toArray();
        return IntStream.range(0, groups.size()).mapToObj(g -> on(g, days)).toArray(double[][]::new);
    }

    private double[] on(int group, int[] days) {
        FilteredResiduals g = groups.get(group);
        return Arrays.stream(days).mapToDouble(day -> g.residual(g.find(day))).toArray();
    }

    /**
     * The days of the worst year in the whole history: the 365 days with the largest mean square of returns of the first group,
     * measured in its σ_used. A history shorter than a year is its own worst.
     */
    int[] worstYear() {
        FilteredResiduals g = groups.getFirst();
        int[] worst = IntStream.range(0, g.size()).map(g::day).toArray();
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int from = 0;
        for (int to = 0; to < g.size(); to++) {
            sum += g.returned(to) * g.returned(to);
            while (g.day(from) <= g.day(to) - YEAR) {
                sum -= g.returned(from) * g.returned(from);
                from++;
            }
            int returns = to - from + 1;
            if (returns >= YEAR_RETURNS_MIN && sum / returns > largest) {
                largest = sum / returns;
                worst = IntStream.rangeClosed(from, to).map(g::day).toArray();
            }
        }
        return worst;
    }
}
