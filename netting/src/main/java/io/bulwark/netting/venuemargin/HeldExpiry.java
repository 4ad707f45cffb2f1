package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76;
import io.bulwark.netting.pricing.Exponential;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The options of one underlying and expiry with the market they are marked on.
 *
 * @param seconds to expiry, 0 once expired
 * @param fixedForward part of the forward that is settled already and does not move, USD
 * @param variableForward the rest of the forward, USD
 * @param rate of interest, a fraction a year; a negative one counts as 0
 * @param confidence lowest confidence of the expiry's feeds (forward, rate, volatility), 0 to 1
 * @param options one entry per strike and right
 */
public record HeldExpiry(
        long seconds,
        double fixedForward,
        double variableForward,
        double rate,
        double confidence,
        List<HeldOption> options) {
    private static final double YEAR_SECONDS = 365.0 * 86_400;

    /** Copies the options, checks the ranges and drops a negative rate. */
    public HeldExpiry {
        Check.that(seconds >= 0, "expiry seconds", seconds, "must be >= 0");
        Check.notNegative("expiry fixed forward", fixedForward);
        Check.notNegative("expiry variable forward", variableForward);
        Check.finite("expiry rate", rate);
        Check.notNegative("expiry confidence", confidence);
        options = List.copyOf(options);
        rate = Math.max(rate, 0);
    }

    double years() {
        return seconds / YEAR_SECONDS;
    }

    /** e to the power of −rate × years. */
    double discount() {
        return Exponential.exp(-rate * years());
    }

    double forward(double spotFactor) {
        return variableForward * spotFactor + fixedForward;
    }

    /** Undiscounted value of all options with the spot multiplied by a factor and each volatility as the function says, USD. */
    double value(double spotFactor, ToDoubleFunction<HeldOption> volatility) {
        double forward = forward(spotFactor);
        double sum = 0;
        for (HeldOption option : options) {
            sum += option.amount() * option.price(forward, years(), volatility.applyAsDouble(option));
        }
        return sum;
    }

    /** Units held, long and short together. */
    double grossAmount() {
        return options.stream().mapToDouble(option -> Math.abs(option.amount())).sum();
    }

    /** Units sold. */
    double shortAmount() {
        return options.stream()
                .mapToDouble(option -> Math.max(-option.amount(), 0))
                .sum();
    }

    /** Net units short per strike, calls and puts of a strike together: Σ (−(call + put))⁺. */
    double nakedShorts() {
        Map<Double, Double> byStrike = new TreeMap<>();
        options.forEach(option -> byStrike.merge(option.strike(), option.amount(), Double::sum));
        return byStrike.values().stream().mapToDouble(net -> Math.max(-net, 0)).sum();
    }

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
}
