package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;

/**
 * The price range that is published day after day: each day's estimate inside the governed bounds, but never more than the limited
 * fall below the day before, and either side within the governed multiple of all that was published of it in the year before
 * ({@link YearBound}). It is a function of the price history alone, so whoever has the prices finds the limits at work.
 */
final class PublishedRange {
    private static final double HORIZON_DAYS = 1;

    /** An estimate of fewer returns says nothing that a year should remember. */
    private static final int SETTLED = 30;

    private PublishedRange() {}

    /**
     * The range after the last day.
     *
     * @param prices the history
     * @param path its estimates, one a return
     * @param parameters the limit on falls and the multiple of a year
     */
    public static PriceRange last(DailyPrices prices, VolatilityPath path, ParameterSet parameters) {
        PriceRange[] ranges = of(prices, path, parameters);
        return ranges[ranges.length - 1];
    }

    /** The range of every day: entry t is that after return t, and reads no later one. */
    static PriceRange[] of(DailyPrices prices, VolatilityPath path, ParameterSet parameters) {
        if (path.size() != prices.size() - 1) {
            throw new IllegalArgumentException(
                    "estimates must be one a return, " + (prices.size() - 1) + "; have " + path.size());
        }
        SpeedLimit limit = SpeedLimit.within(VolatilityParameters.RANGE, parameters);
        YearBound downs = YearBound.of(parameters);
        YearBound ups = YearBound.of(parameters);
        PriceRange[] ranges = new PriceRange[path.size()];
        ranges[0] = first(estimate(path, 0));
        for (int t = 1; t < ranges.length; t++) {
            int day = prices.epochDay(t + 1);
            PriceRange next = next(limit, ranges[t - 1], estimate(path, t), day - prices.epochDay(t));
            ranges[t] = new PriceRange(downs.within(day, next.down()), ups.within(day, next.up()));
            if (t >= SETTLED) {
                downs.publish(day, ranges[t].down());
                ups.publish(day, ranges[t].up());
            }
        }
        return ranges;
    }

    private static PriceRange estimate(VolatilityPath path, int t) {
        VolatilityEstimate at = path.at(t);
        return PriceRange.of(at.used(), at.multiplier(), HORIZON_DAYS);
    }

    private static PriceRange first(PriceRange estimate) {
        Parameter bounds = VolatilityParameters.RANGE;
        return estimate.within(bounds.least(), bounds.most());
    }

    private static PriceRange next(SpeedLimit limit, PriceRange published, PriceRange estimate, int days) {
        return new PriceRange(
                limit.next(published.down(), estimate.down(), days), limit.next(published.up(), estimate.up(), days));
    }
}
