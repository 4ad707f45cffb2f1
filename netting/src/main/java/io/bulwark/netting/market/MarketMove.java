package io.bulwark.netting.market;

import io.bulwark.clearing.money.Ppm;

/**
 * A market that has moved: the price of one group, the volatility of its options, or time.
 *
 * @param group permanent number of the group that moves
 * @param pricePpm relative move of everything that follows the group's price, ppm, above −10⁶
 * @param volatilityPpm relative move of the implied volatility of the group's options, ppm, above −10⁶
 * @param laterMillis how much later it is, for every group, ms, at least 0
 */
public record MarketMove(int group, long pricePpm, long volatilityPpm, long laterMillis) {
    private static final long MILLION = Ppm.ONE;

    /** Checks the ranges. */
    public MarketMove {
        if (pricePpm <= -MILLION || volatilityPpm <= -MILLION || laterMillis < 0) {
            throw new IllegalArgumentException("moves must be above -1000000 ppm and time must not run back; have "
                    + pricePpm + ", " + volatilityPpm + ", " + laterMillis);
        }
    }

    /** Only the price. */
    public static MarketMove ofPrice(int group, long ppm) {
        return new MarketMove(group, ppm, 0, 0);
    }

    /** Only the volatility. */
    public static MarketMove ofVolatility(int group, long ppm) {
        return new MarketMove(group, 0, ppm, 0);
    }

    /** Only time. */
    public static MarketMove ofTime(long millis) {
        return new MarketMove(0, 0, 0, millis);
    }
}
