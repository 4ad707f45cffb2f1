package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.Parameter;
import io.bulwark.clearing.governance.ParameterSet;

/**
 * The price range that is published day after day: each day's estimate inside the governed bounds, but never more than the limited fall below the day before. It is a
 * function of the price history alone, so whoever has the prices finds the limit at work.
 */
final class PublishedRange {
    private static final double HORIZON_DAYS = 1;

    private PublishedRange() {}

    /**
     * The range after the last day.
     *
     * @param prices the history
     * @param path its estimates, one a return
     * @param parameters the limit on falls
     */
    public static PriceRange last(DailyPrices prices, VolatilityPath path, ParameterSet parameters) {
        if (path.size() != prices.size() - 1) {
            throw new IllegalArgumentException(
                    "estimates must be one a return, " + (prices.size() - 1) + "; have " + path.size());
        }
        SpeedLimit limit = SpeedLimit.within(VolatilityParameters.RANGE, parameters);
        PriceRange range = first(estimate(path, 0));
        for (int t = 1; t < path.size(); t++) {
            range = next(limit, range, estimate(path, t), prices.epochDay(t + 1) - prices.epochDay(t));
        }
        return range;
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
