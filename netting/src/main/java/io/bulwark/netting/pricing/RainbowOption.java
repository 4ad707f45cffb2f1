package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * A European option on the smaller or the larger of two assets, both following geometric Brownian motions.
 *
 * <p>Source: R. M. Stulz, Options on the minimum or the maximum of two risky assets, Journal of Financial Economics 10 (1982),
 * in the form of E. G. Haug, The Complete Guide to Option Pricing Formulas (1998), pages 56–58; the probabilities are {@link
 * BivariateNormal}'s. Rates, yields and volatilities per year, continuously compounded, as fractions.
 *
 * @param choice which of the two the option is on
 * @param right call or put
 * @param strike K, &gt; 0
 * @param first one asset
 * @param second the other
 * @param rate r
 * @param years T ≥ 0
 * @param correlation ρ of the two, −1…1
 */
public record RainbowOption(
        Choice choice,
        OptionRight right,
        double strike,
        Leg first,
        Leg second,
        double rate,
        double years,
        double correlation) {

    /** The smaller or the larger of two prices. */
    public enum Choice {
        MINIMUM,
        MAXIMUM
    }

    /**
     * One of the two assets.
     *
     * @param spot its price, &gt; 0
     * @param dividendYield its continuous yield
     * @param volatility ≥ 0
     */
    public record Leg(double spot, double dividendYield, double volatility) {
        /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
        public Leg {
            Ranges.requirePositive("spot", spot);
            Ranges.requireFinite("dividendYield", dividendYield);
            Ranges.requireNotNegative("volatility", volatility);
        }
    }

    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public RainbowOption {
        Ranges.requirePositive("strike", strike);
        Ranges.requireFinite("rate", rate);
        Ranges.requireNotNegative("years", years);
        Ranges.requireCorrelation(correlation);
    }

    /** Value of one option, ≥ 0. */
    public double price() {
        double call = switch (choice) {
            case MINIMUM -> callOnMinimum();
            case MAXIMUM -> callOnMaximum();
        };
        return Math.max(0, right == OptionRight.CALL ? call : put(call));
    }

    /** Parity: a put is the strike less the chosen asset plus the call. */
    private double put(double call) {
        double both = present(first) + present(second);
        double smaller = present(second) - Margrabe.price(present(second), present(first), -logRatio(), deviation());
        double chosen = choice == Choice.MINIMUM ? smaller : both - smaller;
        return discount() * strike - chosen + call;
    }

    private double callOnMinimum() {
        double both = joint(above(first), above(second), correlation);
        return present(first) * joint(above(first) + width(first), -advantage(), -lead(first, second))
                + present(second)
                        * joint(above(second) + width(second), advantage() - deviation(), -lead(second, first))
                - discount() * strike * both;
    }

    private double callOnMaximum() {
        double neither = joint(-above(first), -above(second), correlation);
        return present(first) * joint(above(first) + width(first), advantage(), lead(first, second))
                + present(second) * joint(above(second) + width(second), deviation() - advantage(), lead(second, first))
                - discount() * strike * (1 - neither);
    }

    private static double joint(double a, double b, double correlation) {
        return BivariateNormal.cumulative(a, b, correlation);
    }

    /** Value of the asset delivered at expiry. */
    private double present(Leg leg) {
        return leg.spot() * Exponential.exp(-leg.dividendYield() * years);
    }

    private double discount() {
        return Exponential.exp(-rate * years);
    }

    private double width(Leg leg) {
        return leg.volatility() * Math.sqrt(years);
    }

    /** Distance of an asset's forward above the strike in standard deviations, the d₂ of Black and Scholes. */
    private double above(Leg leg) {
        double log = StrictMath.log(leg.spot() / strike) + (rate - leg.dividendYield()) * years;
        return quotient(log, width(leg)) - width(leg) / 2;
    }

    private double logRatio() {
        return StrictMath.log(first.spot() / second.spot()) + (second.dividendYield() - first.dividendYield()) * years;
    }

    private double deviation() {
        return Margrabe.deviation(first.volatility(), second.volatility(), correlation, years);
    }

    /** The d₁ of the exchange of the second asset for the first. */
    private double advantage() {
        return quotient(logRatio(), deviation()) + deviation() / 2;
    }

    /** Correlation of one asset with its lead over the other; without any volatility of the ratio it does not matter. */
    private double lead(Leg leg, Leg other) {
        double deviation = Margrabe.deviation(first.volatility(), second.volatility(), correlation, 1);
        return deviation > 0
                ? Math.clamp((leg.volatility() - correlation * other.volatility()) / deviation, -1.0, 1.0)
                : 0;
    }

    /** The limit where no deviation is left. */
    private static double quotient(double log, double deviation) {
        return deviation > 0 ? log / deviation : log == 0 ? 0 : log * Double.POSITIVE_INFINITY;
    }
}
