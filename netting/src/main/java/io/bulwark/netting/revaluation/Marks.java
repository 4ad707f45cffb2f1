package io.bulwark.netting.revaluation;

/**
 * Prices of one unit of an option at the epoch, USD: its mark, and what its delta and vega are differences of.
 *
 * @param base as things stand
 * @param up with the underlying higher by {@link #BUMP}
 * @param down with the underlying lower by {@link #BUMP}
 * @param repriced with the volatility higher by {@link #VOLATILITY_POINT}
 */
record Marks(double base, double up, double down, double repriced) {
    /** Relative move of the underlying on either side, for a delta. */
    static final double BUMP = 1e-4;

    /** Absolute move of the volatility a year, for a vega. */
    static final double VOLATILITY_POINT = 0.01;

    static final double LOG_UP = StrictMath.log(1 + BUMP);
    static final double LOG_DOWN = StrictMath.log(1 - BUMP);

    /** Change of the price, USD, for a relative move of the underlying by 1. */
    double slope() {
        return (up - down) / (2 * BUMP);
    }

    /** Change of the price, USD, for a volatility point. */
    double vega() {
        return repriced - base;
    }
}
