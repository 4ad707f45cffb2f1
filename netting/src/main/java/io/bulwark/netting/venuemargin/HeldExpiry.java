package io.bulwark.netting.venuemargin;

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
}
