package io.bulwark.bench;

import io.bulwark.netting.pricing.BlackScholesMerton;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.risktable.ScenarioRow;

/** The published rule as it is written: every cell one call of the general pricer, every logarithm and power taken again. */
final class NaiveRevaluation {
    private static final double DAYS = 365;
    private static final double UNITS = 1e4;

    private final Cells cells;

    NaiveRevaluation(Cells cells) {
        this.cells = cells;
    }

    /** Profit and loss of one lot in every cell, u. */
    long[] row(Payoff.European option) {
        double unit = option.quantity() * UNITS;
        long value = Math.round(unit * price(option, option.spot(), option.volatility(), option.years()));
        long[] row = new long[cells.rows().size()];
        for (int r = 0; r < row.length; r++) {
            row[r] = Math.round(unit
                            * stressed(
                                    option,
                                    cells.rows().get(r),
                                    cells.moves().shock().at(r)))
                    - value;
        }
        return row;
    }

    private static double stressed(Payoff.European option, ScenarioRow row, int shock) {
        double spot = option.spot() * (1 + shock / 1e6);
        double days = option.years() * DAYS;
        double tau = Math.pow(30 / Math.max(days, 1), days <= 30 ? 0.3 : 0.13);
        double direction = row.volatilityShock().doubleValue();
        double twist = row.twist() * (days <= 30 ? 0.25 : -0.15) * tau;
        double level = option.volatility() * (1 + (direction > 0 ? 0.6 : 0.35) * direction * tau + twist);
        double root = Math.sqrt(Math.max(option.years(), 1 / DAYS));
        double moneyness = Math.log(option.strike() / spot) / Math.max(0.05, level * root);
        double tilt = 1 - row.skewSlope().doubleValue() * Math.clamp(moneyness, -3.0, 3.0);
        double volatility = Math.max(0.05, level * Math.max(0.25, tilt));
        double years = direction > 0 ? option.years() : Math.max(option.years() - 2 / DAYS, 0);
        return price(option, spot, volatility, years);
    }

    private static double price(Payoff.European option, double spot, double volatility, double years) {
        return new BlackScholesMerton(option.right(), spot, option.strike(), 0, 0, years, volatility).price();
    }
}
