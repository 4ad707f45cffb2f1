package io.bulwark.netting.calibration;

import io.bulwark.netting.scenario.ScenarioParameters;
import io.bulwark.netting.tail.FilteredResiduals;
import io.bulwark.netting.volatility.DailyPrices;
import io.bulwark.netting.volatility.PublishedVolatility;

/**
 * One group on the epoch's day.
 *
 * @param volatility what is published of it
 * @param prices the days that were over, after the filter
 * @param badPrints how many prints the filter replaced
 * @param residuals of all its days
 * @param sided whether falls and rises have ranges of their own
 */
record GroupEstimate(
        PublishedVolatility volatility, DailyPrices prices, int badPrints, FilteredResiduals residuals, boolean sided) {
    /** Name of the group. */
    public String group() {
        return volatility.underlying();
    }

    /** X of one day downwards, inside the bounds of the group's governed range, ppm. */
    public int fallPpm() {
        return within(sided ? volatility.range().down() : volatility.range().symmetric());
    }

    /** The same upwards. */
    public int risePpm() {
        return within(sided ? volatility.range().up() : volatility.range().symmetric());
    }

    private int within(long range) {
        return Math.toIntExact(Math.clamp(
                range,
                ScenarioParameters.range(group()).least(),
                ScenarioParameters.range(group()).most()));
    }
}
