package io.bulwark.netting.calibration;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.tail.FilteredResiduals;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PublishedVolatility;
import io.bulwark.netting.volatility.VolatilityParameters;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * One group, day after day: filter, volatilities and ranges judge a day by the days before it, so what is said of a day is what a
 * history that ends with it says.
 */
final class GroupPath {
    /** Days until the weighted volatility no longer remembers how it began. */
    private static final int SETTLING_DAYS = 30;

    /** A residual counts a calm day's volatility as at least this: 1 basis point. */
    private static final double VOLATILITY_LEAST = 1e-4;

    private static final double PPM = 1e6;

    private final VolatilityRule rule;
    private final boolean sided;
    private final Cleaned cleaned;
    private final IntFunction<PublishedVolatility> volatilities;
    private final double[] returns;
    private final double[] now;

    GroupPath(DailyPrices known, ParameterSet parameters) {
        this.rule = VolatilityRule.of(parameters);
        this.sided = parameters.value(VolatilityParameters.SIDED) == 1;
        this.cleaned = PriceFilter.clean(known, parameters);
        this.volatilities = PublishedVolatility.path(cleaned.prices(), parameters);
        this.returns = cleaned.prices().logReturns();
        this.now = VolatilityPath.of(returns, rule).now();
    }

    /**
     * The group after a day. A promoted model raises what is published, and with it the range and the residuals' scale.
     *
     * @throws IllegalArgumentException if no two days were over
     */
    GroupEstimate until(int lastDay, Optional<SealedForecast> forecast) {
        DailyPrices over = cleaned.prices().until(lastDay);
        PublishedVolatility classical = volatilities.apply(lastDay);
        PublishedVolatility published = forecast.map(f -> classical.raised(f.governed(over, classical.now()), rule))
                .orElse(classical);
        int badPrints = (int) cleaned.removed().stream()
                .filter(bad -> bad.epochDay() <= lastDay)
                .count();
        return new GroupEstimate(published, over, badPrints, residuals(over, published.used()), sided);
    }

    /** The return of row t + 1 over the volatility that was known on row t. */
    private FilteredResiduals residuals(DailyPrices over, long used) {
        int count = over.size() - 1;
        int[] kept = IntStream.range(Math.min(SETTLING_DAYS, count), count).toArray();
        return new FilteredResiduals(
                over.underlying(),
                Arrays.stream(kept).map(t -> over.epochDay(t + 1)).toArray(),
                Arrays.stream(kept).mapToDouble(t -> returns[t]).toArray(),
                Arrays.stream(kept)
                        .mapToDouble(t -> Math.max(VOLATILITY_LEAST, now[t - 1]))
                        .toArray(),
                Math.max(VOLATILITY_LEAST, used / PPM));
    }
}
