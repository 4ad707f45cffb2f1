package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76;

/**
 * Options of one strike and right in a portfolio.
 *
 * @param right call or put
 * @param strike USD, &gt; 0
 * @param amount units of the underlying, short below 0
 * @param volatility implied volatility, a fraction a year, ≥ 0
 */
public record HeldOption(OptionRight right, double strike, double amount, double volatility) {
    /** Checks the ranges. */
    public HeldOption {
        Check.positive("option strike", strike);
        Check.finite("option amount", amount);
        Check.notNegative("option volatility", volatility);
    }

    /** Undiscounted Black-76 value of one unit, USD. */
    double price(double forward, double years, double level) {
        double deviation = level * Math.sqrt(years);
        return Black76.price(right, forward, strike, StrictMath.log(forward / strike), deviation);
    }

    /** What the whole holding pays at a settlement price, USD. */
    double payoff(double settlement) {
        double gain = right == OptionRight.CALL ? settlement - strike : strike - settlement;
        return amount * Math.max(gain, 0);
    }
}
