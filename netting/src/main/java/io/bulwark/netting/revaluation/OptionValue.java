package io.bulwark.netting.revaluation;

import io.bulwark.netting.pricing.BinomialTree;
import io.bulwark.netting.pricing.Black76;
import io.bulwark.netting.pricing.Black76Jumps;

/** What one unit of an option is worth at expiry's forward under its model, at a moved forward, volatility and time. */
sealed interface OptionValue {
    /**
     * The value.
     *
     * @param option right and strike
     * @param forward moved forward
     * @param logForward its logarithm over the strike
     * @param volatility moved, a fraction a year
     * @param years left
     */
    double price(Payoff.European option, double forward, double logForward, double volatility, double years);

    /** Black-76: European, lognormal. */
    record Lognormal() implements OptionValue {
        @Override
        public double price(
                Payoff.European option, double forward, double logForward, double volatility, double years) {
            return Black76.price(option.right(), forward, option.strike(), logForward, volatility * Math.sqrt(years));
        }
    }

    /** European, with jumps; the volatility is the total one. */
    record Jumps(Black76Jumps law) implements OptionValue {
        @Override
        public double price(
                Payoff.European option, double forward, double logForward, double volatility, double years) {
            return law.price(option.right(), forward, option.strike(), logForward, volatility, years);
        }
    }

    /**
     * American, on the tree. The spot is the forward less its growth, and what a unit at expiry costs now is the growth's
     * inverse; all of it is left to the expiry of the moved world too, as the European value leaves the forward.
     *
     * @param growth forward over spot
     * @param steps of the finer tree
     */
    record Tree(double growth, int steps) implements OptionValue {
        @Override
        public double price(
                Payoff.European option, double forward, double logForward, double volatility, double years) {
            double deviation = volatility * Math.sqrt(years);
            return growth
                    * BinomialTree.extrapolated(
                            option.right(), forward / growth, option.strike(), carry(), deviation, steps);
        }

        BinomialTree.Carry carry() {
            return new BinomialTree.Carry(growth, 1 / growth);
        }
    }
}
