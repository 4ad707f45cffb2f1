package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * A European option on the difference of two futures prices, by Kirk's approximation: the second futures price plus the strike
 * is taken as lognormal. Exact for a strike of 0, where it is Margrabe's formula.
 *
 * <p>Source: E. Kirk, Correlation in the energy markets, in: Managing Energy Price Risk (1995); E. G. Haug, The Complete Guide
 * to Option Pricing Formulas (1998), page 59.
 *
 * @param right call (pays F₁ − F₂ − K) or put (pays K − F₁ + F₂), never less than 0
 * @param strike K; F₂ + K must be &gt; 0
 * @param first F₁, &gt; 0
 * @param second F₂, &gt; 0
 * @param firstVolatility ≥ 0
 * @param secondVolatility ≥ 0
 * @param rate continuous risk-free rate r
 * @param years T ≥ 0
 * @param correlation ρ of the two prices, −1…1
 */
public record SpreadOption(
        OptionRight right,
        double strike,
        double first,
        double second,
        double firstVolatility,
        double secondVolatility,
        double rate,
        double years,
        double correlation) {

    /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
    public SpreadOption {
        Ranges.requireFinite("strike", strike);
        Ranges.requirePositive("first", first);
        Ranges.requirePositive("second", second);
        Ranges.requirePositive("second + strike", second + strike);
        Ranges.requireNotNegative("firstVolatility", firstVolatility);
        Ranges.requireNotNegative("secondVolatility", secondVolatility);
        Ranges.requireFinite("rate", rate);
        Ranges.requireNotNegative("years", years);
        Ranges.requireCorrelation(correlation);
    }

    /** Value of one option, ≥ 0. */
    public double price() {
        double floor = second + strike;
        double share = second / floor;
        double deviation = Margrabe.deviation(firstVolatility, secondVolatility * share, correlation, years);
        return Exponential.exp(-rate * years)
                * Black76.price(right, first, floor, StrictMath.log(first / floor), deviation);
    }
}
