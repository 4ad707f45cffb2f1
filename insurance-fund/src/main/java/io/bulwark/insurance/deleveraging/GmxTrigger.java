package io.bulwark.insurance.deleveraging;

import org.hipparchus.fraction.BigFraction;

/** GMX v2's switch: traders' profit may be closed once it is more than a factor of the pool. */
public final class GmxTrigger {
    private GmxTrigger() {}

    /**
     * Whether deleveraging is enabled.
     *
     * @param profit of all traders on one side
     * @param pool value, > 0
     * @param factorMax above which keepers may close
     */
    public static boolean enabled(BigFraction profit, BigFraction pool, BigFraction factorMax) {
        if (pool.signum() <= 0) {
            throw new IllegalArgumentException("pool must be > 0; have " + pool);
        }
        return profit.divide(pool).compareTo(factorMax) > 0;
    }
}
