package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.volatility.PublishedRange.PriceRange;

/**
 * What the house publishes of one underlying's volatility, day after day of one history: the numbers of a day are those of a
 * history that ends with it, and what days have in common is estimated once. Several threads may ask.
 */
final class PublishedVolatilityPath {
    private final DailyPrices cleaned;
    private final ParameterSet parameters;
    private final VolatilityPath path;
    private final LookBack lookBack;
    private final PriceRange[] ranges;

    private PublishedVolatilityPath(DailyPrices cleaned, ParameterSet parameters) {
        this.cleaned = cleaned;
        this.parameters = parameters;
        double[] returns = cleaned.logReturns();
        this.path = VolatilityPath.of(returns, VolatilityRule.of(parameters));
        this.lookBack = new LookBack(returns, path.now());
        this.ranges = PublishedRange.of(cleaned, path, parameters);
    }

    /**
     * Estimates a cleaned history.
     *
     * @throws IllegalArgumentException if it has fewer than two days
     */
    static PublishedVolatilityPath of(DailyPrices cleaned, ParameterSet parameters) {
        return new PublishedVolatilityPath(cleaned, parameters);
    }

    /**
     * What is published after a day, from prices up to it.
     *
     * @throws IllegalArgumentException if there are fewer than two days up to it
     */
    PublishedVolatility until(int epochDay) {
        DailyPrices over = cleaned.until(epochDay);
        int last = over.size() - 2;
        if (last < 0) {
            throw new IllegalArgumentException("a volatility needs at least one return; have 0");
        }
        return PublishedVolatility.of(over, path.at(last), lookBack.days(last + 1, parameters), ranges[last]);
    }
}
