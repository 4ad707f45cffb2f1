package io.bulwark.netting.liquidity;

import java.util.stream.LongStream;

/**
 * D: the 5 % quantile of hourly depth within 2 % of mid over 90 days (margin formula, section 1.8). A moment of quoted depth
 * changes nothing: to raise D, 95 % of the hours of 90 days must be deep.
 */
final class StressDepth {
    private static final int HOURS_MAX = 90 * 24;
    private static final int ONE_IN = 20;

    private StressDepth() {}

    /**
     * The quantile of the last 90 days: the ⌈n/20⌉-th smallest, so at least one hour in twenty was as thin.
     *
     * @param hourly depth per hour, oldest first, at least one; hours that nobody measured count as the caller enters them
     * @throws IllegalArgumentException if there is no hour or a negative depth
     */
    public static long of(long[] hourly) {
        if (hourly.length == 0) {
            throw new IllegalArgumentException("hourly depth must have at least one hour; have none");
        }
        LongStream.of(hourly).forEach(depth -> ObservationRules.notNegative(depth, "depth", "an hour"));
        int hours = Math.min(HOURS_MAX, hourly.length);
        return LongStream.of(hourly)
                .skip(hourly.length - hours)
                .sorted()
                .skip(Math.ceilDiv(hours, ONE_IN) - 1L)
                .findFirst()
                .orElseThrow();
    }
}
