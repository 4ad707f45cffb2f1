package io.bulwark.netting.venuemargin;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76;
import io.bulwark.netting.pricing.NormalDistribution;

/** A position on Deribit, valued in the settlement coin. */
public sealed interface CoinMarginPosition {
    /** The instrument's name. */
    String name();

    /** Years to expiry; 0 for a perpetual. */
    double years();

    /** Profit or loss in coins when the price moves by a fraction and the option's volatility ends at a level. */
    double profit(double move, double volatility);

    /** Net delta in coins: what the position gains in USD per USD of price, less its value in coins. */
    double delta();

    /**
     * A perpetual or future. In coins at the moved price, an inverse and a linear contract lose the same: {@code size · (1 − 1/(1 + move))}.
     *
     * @param name the instrument's name
     * @param size coins at the mark, short below 0
     * @param years to expiry, 0 for a perpetual
     */
    record Future(String name, double size, double years) implements CoinMarginPosition {
        /** Checks the ranges. */
        public Future {
            Check.finite(name + " size", size);
            Check.notNegative(name + " years", years);
        }

        @Override
        public double profit(double move, double volatility) {
            return size * (1 - 1 / (1 + move));
        }

        @Override
        public double delta() {
            return size;
        }
    }

    /**
     * An option that pays in the coin: worth Black-76 on the expiry's forward, over that forward.
     *
     * @param name the instrument's name
     * @param right call or put
     * @param strike USD
     * @param size coins, short below 0
     * @param forward of the expiry, USD
     * @param volatility implied volatility, a fraction a year
     * @param years to expiry
     */
    record Option(
            String name, OptionRight right, double strike, double size, double forward, double volatility, double years)
            implements CoinMarginPosition {
        /** Checks the ranges. */
        public Option {
            Check.positive(name + " strike", strike);
            Check.finite(name + " size", size);
            Check.positive(name + " forward", forward);
            Check.notNegative(name + " volatility", volatility);
            Check.notNegative(name + " years", years);
        }

        @Override
        public double profit(double move, double level) {
            return size * (coins(forward * (1 + move), level) - coins(forward, volatility));
        }

        @Override
        public double delta() {
            double deviation = volatility * Math.sqrt(years);
            double log = StrictMath.log(forward / strike);
            double up =
                    deviation > 0 ? NormalDistribution.cumulative(log / deviation + 0.5 * deviation) : log > 0 ? 1 : 0;
            double own = right == OptionRight.CALL ? up : up - 1;
            return size * (own - coins(forward, volatility));
        }

        private double coins(double at, double level) {
            double deviation = level * Math.sqrt(years);
            return Black76.price(right, at, strike, StrictMath.log(at / strike), deviation) / at;
        }
    }
}
