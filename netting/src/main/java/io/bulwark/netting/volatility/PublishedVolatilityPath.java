package io.bulwark.netting.volatility;

import io.bulwark.clearing.governance.ParameterSet;

/**
 * What the house publishes of one underlying's volatility, day after day of one history: the numbers of a day are those of a
 * history that ends with it, and what days have in common is estimated once. Several threads may ask.
 */
public final class PublishedVolatilityPath {
    private final DailyPrices cleaned;
    private final ParameterSet parameters;
    private final double[] returns;
    private final VolatilityPath path;
    private final double[] now;
    private final LookBack lookBack;
    private final PriceRange[] ranges;

    private PublishedVolatilityPath(DailyPrices cleaned, ParameterSet parameters) {
        this.cleaned = cleaned;
        this.parameters = parameters;
        this.returns = cleaned.logReturns();
        this.path = VolatilityPath.of(returns, VolatilityRule.of(parameters));
        this.now = path.now();
        this.lookBack = new LookBack(returns, now);
        this.ranges = PublishedRange.of(cleaned, path, parameters);
    }

    /**
     * Estimates a cleaned history.
     *
     * @throws IllegalArgumentException if it has fewer than two days
     */
    public static PublishedVolatilityPath of(DailyPrices cleaned, ParameterSet parameters) {
        return new PublishedVolatilityPath(cleaned, parameters);
    }

    /**
     * What is published after a day, from prices up to it.
     *
     * @throws IllegalArgumentException if there are fewer than two days up to it
     */
    public PublishedVolatility until(int epochDay) {
        DailyPrices over = cleaned.until(epochDay);
        int last = over.size() - 2;
        if (last < 0) {
            throw new IllegalArgumentException("a volatility needs at least one return; have 0");
        }
        return PublishedVolatility.of(over, path.at(last), lookBack.days(last + 1, parameters), ranges[last]);
    }

    /** Daily log returns of the whole history: entry t is that of row t + 1. */
    public double[] logReturns() {
        return returns.clone();
    }

    /** σ_now after each of them. */
    public double[] now() {
        return now.clone();
    }
}
