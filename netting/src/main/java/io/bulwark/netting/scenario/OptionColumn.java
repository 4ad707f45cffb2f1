package io.bulwark.netting.scenario;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.Black76;

/**
 * Prices of one European option in every row of a set: the hot loop of the table.
 *
 * <p>Per instrument the logarithm of moneyness and the term factor, per row the logarithm of the move; inside the loop only
 * + − × ÷ √ fma and comparisons.
 */
final class OptionColumn {
    private final Payoff.European option;
    private final double logMoneyness;
    private final double termFactor;
    private final double twist;
    private final double rootYears;

    OptionColumn(Payoff.European option, SurfaceRule rule) {
        this.option = option;
        this.logMoneyness = StrictMath.log(option.spot() / option.strike());
        this.termFactor = rule.termFactor(option.years());
        this.twist = rule.twist(option.years());
        this.rootYears = SurfaceRule.rootYears(option.years());
    }

    /** Price of one unit, USD, per row. */
    double[] prices(Worlds worlds, PriceColumns moves) {
        double[] prices = new double[worlds.count()];
        for (int row = 0; row < prices.length; row++) {
            double logForward = logMoneyness + moves.logFactor[row];
            double volatility = volatility(worlds, row, logForward);
            double years = Math.max(option.years() - worlds.wait[row], 0);
            prices[row] = price(option.spot() * moves.factor[row], logForward, volatility * Math.sqrt(years));
        }
        return prices;
    }

    /** Price of one unit, USD, at the epoch. */
    double price() {
        return price(option.spot(), logMoneyness, option.volatility() * Math.sqrt(option.years()));
    }

    /** Price with the underlying moved by a factor, all else as it is. */
    double priceMoved(double factor) {
        return price(
                option.spot() * factor,
                logMoneyness + StrictMath.log(factor),
                option.volatility() * Math.sqrt(option.years()));
    }

    /** Price with the volatility moved by so many units, all else as it is. */
    double priceRepriced(double volatilityMove) {
        return price(option.spot(), logMoneyness, (option.volatility() + volatilityMove) * Math.sqrt(option.years()));
    }

    private double volatility(Worlds worlds, int row, double logForward) {
        double moved =
                option.volatility() * (1 + worlds.level[row] * termFactor + worlds.twist[row] * twist * termFactor);
        return SurfaceRule.floored(SurfaceRule.skewed(moved, -logForward, rootYears, worlds.skew[row]));
    }

    private double price(double forward, double logForward, double deviation) {
        OptionRight right = option.right();
        return Black76.price(right, forward, option.strike(), logForward, deviation);
    }
}
