package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/** Margrabe's 1978 formula: the right to give one asset and to receive another. */
public final class Margrabe {
    private Margrabe() {}

    /**
     * Price of the right to receive the first asset for the second.
     *
     * @param received forward value of the asset received, > 0
     * @param given forward value of the asset given, > 0, same unit
     * @param logRatio ln(received/given)
     * @param deviation volatility of the ratio × √years ≥ 0; at 0 the price is the intrinsic value
     */
    public static double price(double received, double given, double logRatio, double deviation) {
        return Black76.price(OptionRight.CALL, received, given, logRatio, deviation);
    }

    /**
     * Volatility of the ratio of two assets times √years, √((v₁² + v₂² − 2ρv₁v₂)·years).
     *
     * @param first volatility of the one, a year
     * @param second volatility of the other, a year
     * @param correlation of their returns, −1…1
     * @param years time left, ≥ 0
     */
    public static double deviation(double first, double second, double correlation, double years) {
        double variance = first * first + second * second - 2 * correlation * first * second;
        return Math.sqrt(Math.max(variance, 0) * years);
    }
}
