package io.bulwark.netting.revaluation;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76Jumps;
import java.math.BigDecimal;

/** What one lot of an instrument pays, at the prices of the epoch. Groups are permanent numbers. */
public sealed interface Payoff {
    /**
     * Gains and losses in proportion to the price: perpetuals and futures, which are settled and worth 0.
     *
     * @param group whose price it follows
     * @param notional value of what one lot follows, u = 10⁻⁴ USD, exact
     */
    record Linear(int group, BigDecimal notional) implements Payoff {}

    /**
     * A European option, valued in USD whatever it settles in.
     *
     * @param group whose price it follows
     * @param right call or put
     * @param spot forward price of the underlying to expiry, USD; its price now where nothing is known of the forward
     * @param strike USD
     * @param years to expiry, ≥ 0, 365-day years
     * @param volatility its own implied volatility, a fraction a year
     * @param quantity units of the underlying in one lot, discounted where the spot is a forward
     */
    record European(
            int group, OptionRight right, double spot, double strike, double years, double volatility, double quantity)
            implements Payoff {
        /** The same option at another volatility. */
        European withVolatility(double moved) {
            return new European(group, right, spot, strike, years, moved, quantity);
        }
    }

    /**
     * An American option: exercised, it pays spot less strike, and until then it is worth at least the European.
     *
     * @param european the same option without early exercise
     * @param growth forward over spot, &gt; 0; its inverse discounts
     * @param steps of the tree, even, ≥ 4
     */
    record American(European european, double growth, int steps) implements Payoff {}

    /**
     * A European option whose underlying jumps, as {@link Black76Jumps} has it. At the epoch it is worth what its implied
     * volatility makes it worth without jumps.
     *
     * @param european the same option without jumps
     * @param jumps how often, and what share of the variance
     */
    record JumpDiffusion(European european, Black76Jumps jumps) implements Payoff {}

    /**
     * A perpetual on the price ratio of two underlyings, settled and worth 0.
     *
     * @param first the denominator's group
     * @param second the numerator's group
     * @param notional value of one lot at an unchanged ratio, u
     */
    record Ratio(int first, int second, double notional) implements Payoff {}

    /**
     * The right to give a fixed value of the first underlying for one of the second, both worth {@code notional} now.
     *
     * @param first the underlying given
     * @param second the underlying received
     * @param firstVolatility of the first, a fraction a year
     * @param secondVolatility of the second, a fraction a year
     * @param years to expiry, ≥ 0
     * @param notional value of either side of one lot now, u
     */
    record Exchange(
            int first, int second, double firstVolatility, double secondVolatility, double years, double notional)
            implements Payoff {}
}
