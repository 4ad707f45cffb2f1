package io.bulwark.netting.backtest;

import io.bulwark.netting.volatility.VolatilityPath;
import io.bulwark.netting.volatility.VolatilityRule;

/**
 * Implied volatility where no history of it is known: 1.15 × √(.35 EWMA(.94) + .65 EWMA(.985)) of squared daily returns, a
 * year. A proxy, and every report on options says so: it has no smile, and it only moves when prices do.
 */
final class ProxyVolatility {
    private static final double LEVEL = 1.15;
    private static final double FAST_SHARE = 0.35;
    private static final double FAST = 0.94;
    private static final double SLOW = 0.985;
    private static final double DAYS_PER_YEAR = 365;

    private ProxyVolatility() {}

    /** The proxy before every move and after the last: entry j reads the returns 0 to j − 1; entry 0 is entry 1. */
    public static double[] of(double[] logReturns) {
        double[] fast = path(logReturns, FAST);
        double[] slow = path(logReturns, SLOW);
        double[] proxy = new double[logReturns.length + 1];
        for (int move = 1; move < proxy.length; move++) {
            double variance =
                    FAST_SHARE * fast[move - 1] * fast[move - 1] + (1 - FAST_SHARE) * slow[move - 1] * slow[move - 1];
            proxy[move] = LEVEL * Math.sqrt(variance * DAYS_PER_YEAR);
        }
        proxy[0] = proxy[1];
        return proxy;
    }

    private static double[] path(double[] logReturns, double decay) {
        VolatilityRule rule = VolatilityRule.founding();
        return VolatilityPath.of(
                        logReturns,
                        new VolatilityRule(
                                decay,
                                rule.stressQuantile(),
                                rule.stressDays(),
                                rule.longRunDays(),
                                rule.bufferDays(),
                                rule.regime(),
                                rule.regimeDays(),
                                rule.kurtosis(),
                                rule.tool(),
                                rule.multiplier()))
                .now();
    }
}
