package io.bulwark.netting.calibration;

import io.bulwark.clearing.governance.ParameterSet;
import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.tail.FilteredResiduals;
import io.bulwark.netting.volatility.Cleaned;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PriceFilter;
import io.bulwark.netting.volatility.PriceRange;
import io.bulwark.netting.volatility.VolatilityEstimate;
import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One group on the epoch's day.
 *
 * @param group its name
 * @param estimate volatilities, kurtosis and regime of the last day
 * @param rangePpm X, ppm
 * @param residuals of all its days
 * @param badPrints how many prints the filter replaced
 */
public record GroupEstimate(
        String group, VolatilityEstimate estimate, int rangePpm, FilteredResiduals residuals, int badPrints) {
    /** Days until the weighted volatility no longer remembers how it began. */
    private static final int SETTLING_DAYS = 30;

    /** A residual counts a calm day's volatility as at least this: 1 basis point. */
    private static final double VOLATILITY_LEAST = 1e-4;

    static GroupEstimate of(DailyPrices known, ParameterSet parameters) {
        Cleaned cleaned = PriceFilter.clean(known);
        DailyPrices prices = cleaned.prices();
        double[] returns = prices.logReturns();
        VolatilityPath path = VolatilityPath.of(returns, VolatilityRule.of(parameters));
        VolatilityEstimate last = path.last();
        return new GroupEstimate(
                known.underlying(),
                last,
                range(known.underlying(), last),
                residuals(prices, returns, path, last.used()),
                cleaned.removed().size());
    }

    /** X of one day, the larger side, inside the bounds of the group's governed range. */
    private static int range(String group, VolatilityEstimate estimate) {
        long symmetric =
                PriceRange.of(estimate.used(), estimate.multiplier(), 1).symmetric();
        return Math.toIntExact(Math.clamp(
                symmetric,
                ScenarioParameters.range(group).least(),
                ScenarioParameters.range(group).most()));
    }

    /** The return of row t + 1 over the volatility that was known on row t. */
    private static FilteredResiduals residuals(DailyPrices prices, double[] returns, VolatilityPath path, double used) {
        double[] now = path.now();
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
