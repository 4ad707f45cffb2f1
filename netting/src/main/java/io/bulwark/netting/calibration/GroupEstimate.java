package io.bulwark.netting.calibration;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.forecast.SealedForecast;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.tail.FilteredResiduals;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PublishedVolatility;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One group on the epoch's day.
 *
 * @param volatility what is published of it
 * @param prices the days that were over, after the filter
 * @param badPrints how many prints the filter replaced
 * @param residuals of all its days
 */
record GroupEstimate(PublishedVolatility volatility, DailyPrices prices, int badPrints, FilteredResiduals residuals) {
    /** Days until the weighted volatility no longer remembers how it began. */
    private static final int SETTLING_DAYS = 30;

    /** A residual counts a calm day's volatility as at least this: 1 basis point. */
    private static final double VOLATILITY_LEAST = 1e-4;

    private static final double PPM = 1e6;

    /** A promoted model raises what is published, and with it the range and the residuals' scale. */
    static GroupEstimate of(DailyPrices known, ParameterSet parameters, Optional<SealedForecast> forecast) {
        Cleaned cleaned = PriceFilter.clean(known, parameters);
        VolatilityRule rule = VolatilityRule.of(parameters);
        PublishedVolatility classical = PublishedVolatility.of(cleaned.prices(), parameters);
        PublishedVolatility published = forecast.map(
                        f -> classical.raised(f.governed(cleaned.prices(), classical.now()), rule))
                .orElse(classical);
        return new GroupEstimate(
                published,
                cleaned.prices(),
                cleaned.removed().size(),
                residuals(cleaned.prices(), rule, Math.max(VOLATILITY_LEAST, published.used() / PPM)));
    }

    /** Name of the group. */
    public String group() {
        return volatility.underlying();
    }

    /** X of one day, the larger side, inside the bounds of the group's governed range, ppm. */
    public int rangePpm() {
        return Math.toIntExact(Math.clamp(
                volatility.range().symmetric(),
                ScenarioParameters.range(group()).least(),
                ScenarioParameters.range(group()).most()));
    }

    /** The return of row t + 1 over the volatility that was known on row t. */
    private static FilteredResiduals residuals(DailyPrices prices, VolatilityRule rule, double used) {
        double[] returns = prices.logReturns();
        double[] now = VolatilityPath.of(returns, rule).now();
        int[] kept = IntStream.range(Math.min(SETTLING_DAYS, returns.length), returns.length)
                .toArray();
        return new FilteredResiduals(
                prices.underlying(),
                Arrays.stream(kept).map(t -> prices.epochDay(t + 1)).toArray(),
                Arrays.stream(kept).mapToDouble(t -> returns[t]).toArray(),
                Arrays.stream(kept)
                        .mapToDouble(t -> Math.max(VOLATILITY_LEAST, now[t - 1]))
                        .toArray(),
                used);
    }
}
