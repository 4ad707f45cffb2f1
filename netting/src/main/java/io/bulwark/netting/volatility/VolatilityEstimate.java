package io.bulwark.netting.volatility;

/**
 * The estimates of one day. Volatilities are standard deviations of one day's log return.
 *
 * @param now σ_now
 * @param stress σ_stress
 * @param tenYear σ_10y
 * @param used σ_used
 * @param kurtosis K4
 * @param multiplier m(K4)
 * @param stressed whether the regime is stress
 */
record VolatilityEstimate(
        double now, double stress, double tenYear, double used, double kurtosis, double multiplier, boolean stressed) {}
