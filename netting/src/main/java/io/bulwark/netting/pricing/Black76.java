package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * Black's 1976 formula on a forward, undiscounted: what a margined option, or one whose premium stays in the coin it is
 * settled in, is worth in units of the forward's price.
 */
public final class Black76 {
    private Black76() {}

    /**
     * Price of one option on one unit. The logarithm is an argument because a table needs it once per instrument and
     * row and not once per cell.
     *
     * @param right call or put
     * @param forward forward price F > 0
     * @param strike K > 0, in the unit of the forward
     * @param logMoneyness ln(F/K)
     * @param deviation volatility × √years ≥ 0; at 0 the price is the intrinsic value
     */
    public static double price(
            OptionRight right, double forward, double strike, double logMoneyness, double deviation) {
        int sign = sign(right);
        if (!(deviation > 0)) {
            return positive(sign * (forward - strike));
        }
        double d1 = logMoneyness / deviation + 0.5 * deviation;
        double d2 = d1 - deviation;
        // F·φ(d₁) = K·φ(d₂): one bell curve serves both tails.
        double bell = forward * NormalDistribution.gauss(Math.abs(d1));
        return positive(sign * (weighted(sign * d1, forward, bell) - weighted(sign * d2, strike, bell)));
    }

    /** A value times Φ(x), where bell is the value times exp(−x²/2). */
    private static double weighted(double x, double value, double bell) {
        double tail = bell * NormalDistribution.tailRatio(Math.abs(x));
        return x > 0 ? value - tail : tail;
    }

    /** The cancellation of two nearly equal terms may fall a rounding error below nothing. */
    private static double positive(double price) {
        return price > 0 ? price : 0;
    }

    /** +1 for a call, −1 for a put: the sign with which the underlying's gain reaches the owner. */
    static int sign(OptionRight right) {
        return right == OptionRight.CALL ? 1 : -1;
    }
}
