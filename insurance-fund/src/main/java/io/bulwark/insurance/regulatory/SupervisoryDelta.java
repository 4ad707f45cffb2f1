package io.bulwark.insurance.regulatory;

import org.hipparchus.distribution.continuous.NormalDistribution;

/** Direction and non-linearity of a trade in its primary risk factor. Source: Basel Framework CRE52.38 to 52.43. */
public sealed interface SupervisoryDelta {
    /** The delta, in [−1, 1]. */
    double value();

    /** A linear trade. */
    record Linear(boolean isLong) implements SupervisoryDelta {
        @Override
        public double value() {
            return isLong ? 1 : -1;
        }
    }

    /**
     * A European option.
     *
     * @param bought whether the holder is long the option
     * @param call whether it is a call
     * @param price of the underlying, > 0
     * @param strike > 0
     * @param years to exercise, > 0
     * @param volatility supervisory, > 0
     */
    record Option(boolean bought, boolean call, double price, double strike, double years, double volatility)
            implements SupervisoryDelta {
        /** Checks the ranges. */
        public Option {
            if (!(price > 0 && strike > 0 && years > 0 && volatility > 0)) {
                throw new IllegalArgumentException("option's price, strike, T and vol must be > 0; have " + price + ", "
                        + strike + ", " + years + ", " + volatility);
            }
        }

        @Override
        public double value() {
            double deviation = volatility * StrictMath.sqrt(years);
            double d1 = (StrictMath.log(price / strike) + 0.5 * volatility * volatility * years) / deviation;
            double magnitude = new NormalDistribution().cumulativeProbability(call ? d1 : -d1);
            return bought == call ? magnitude : -magnitude;
        }
    }

    /**
     * A tranche of a basket of credit.
     *
     * @param isLong whether protection was bought
     * @param attach lower edge, in [0, 1]
     * @param detach upper edge, in [attach, 1]
     */
    record Tranche(boolean isLong, double attach, double detach) implements SupervisoryDelta {
        /** Checks the edges. */
        public Tranche {
            if (!(attach >= 0 && detach >= attach && detach <= 1)) {
                throw new IllegalArgumentException(
                        "cdo must have 0 <= attach <= detach <= 1; have " + attach + ", " + detach);
            }
        }

        @Override
        public double value() {
            double magnitude = 15 / ((1 + 14 * attach) * (1 + 14 * detach));
            return isLong ? magnitude : -magnitude;
        }
    }
}
