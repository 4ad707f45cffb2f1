package io.bulwark.netting.tail;

import java.util.Arrays;

/**
 * What the days of one group were, measured by the volatility that was expected of each: z = r/σ (filtered historical simulation,
 * Barone-Adesi, Giannopoulos and Vosper 1999).
 *
 * <p>A day is the calendar day on which a return ended, counted from 1970-01-01.
 */
public final class FilteredResiduals {
    /** Fewer days than this that groups have in common say nothing of how they move together. */
    public static final int COMMON_MIN = 100;

    private final String group;
    private final int[] days;
    private final double[] returns;
    private final double[] volatility;
    private final double used;

    /**
     * The residuals of one group.
     *
     * @param group name of the risk group
     * @param days strictly increasing
     * @param returns log-return of each day
     * @param volatility σ that was expected of each day, from returns before it, &gt; 0
     * @param used σ_used today, a day, &gt; 0: what residuals are scaled by in tomorrow's worlds
     */
    public FilteredResiduals(String group, int[] days, double[] returns, double[] volatility, double used) {
        this.group = group;
        this.days = days.clone();
        this.returns = returns.clone();
        this.volatility = volatility.clone();
        this.used = used;
        requireColumns();
    }

    private void requireColumns() {
        if (returns.length != days.length || volatility.length != days.length) {
            throw new IllegalArgumentException("columns of " + group + " must have one length; have " + days.length
                    + " days, " + returns.length + " returns, " + volatility.length + " volatilities");
        }
        if (!(used > 0) || Double.isInfinite(used)) {
            throw new IllegalArgumentException("volatility of " + group + " must be > 0; have " + used);
        }
        for (int i = 0; i < days.length; i++) {
            if (i > 0 && days[i] <= days[i - 1]) {
                throw new IllegalArgumentException("days of " + group + " must increase; have " + days[i]);
            }
            if (!Double.isFinite(returns[i]) || !(volatility[i] > 0)) {
                throw new IllegalArgumentException("day " + days[i] + " of " + group
                        + " must have a finite return and volatility > 0; have " + returns[i] + ", " + volatility[i]);
            }
        }
    }

    /** Name of the risk group. */
    public String group() {
        return group;
    }

    /** Number of days. */
    public int size() {
        return days.length;
    }

    /** The i-th day. */
    public int day(int i) {
        return days[i];
    }

    /** z of the i-th day. */
    public double residual(int i) {
        return returns[i] / volatility[i];
    }

    /** The i-th day's log-return. */
    public double returned(int i) {
        return returns[i];
    }

    /** σ that was expected of the i-th day. */
    public double volatility(int i) {
        return volatility[i];
    }

    /** σ_used, a day. */
    public double used() {
        return used;
    }

    /** The place of a day; negative if it has none. */
    int find(int day) {
        return Arrays.binarySearch(days, day);
    }

    /** The place of the first day at or after one. */
    int from(int day) {
        int at = find(day);
        return at >= 0 ? at : -at - 1;
    }

    /** The last day. */
    int last() {
        return days.length == 0 ? Integer.MIN_VALUE : days[days.length - 1];
    }
}
