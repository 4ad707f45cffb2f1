package io.bulwark.netting.revaluation;

/**
 * Risk entries of one option in every row of a set: the hot loop of the table, one row at a time. {@link OptionLanes}
 * does the same for several rows at once, bit for bit.
 *
 * <p>Per expiry the term factor, per instrument the logarithm of moneyness, per row the logarithm of the move; inside the loop only
 * + − × ÷ √ fma and comparisons.
 */
final class OptionColumn {
    final Payoff.European option;
    final OptionValue model;
    final double logMoneyness;
    final Term term;

    OptionColumn(Payoff.European option, OptionValue model, SurfaceRule rule) {
        this(option, model, Term.of(rule, option.years()));
    }

    OptionColumn(Payoff.European option, OptionValue model, Term term) {
        this.option = option;
        this.model = model;
        this.logMoneyness = StrictMath.log(option.spot() / option.strike());
        this.term = term;
    }

    /** Damped stressed value of so many units, rounded half to even, per row; padded rows follow. */
    void values(Worlds worlds, PriceColumns moves, double unit, double base, double[] values) {
        for (int row = 0; row < worlds.count; row++) {
            double logForward = logMoneyness + moves.logFactor[row];
            double volatility = volatility(worlds, row, logForward);
            double left = option.years() - worlds.wait[row];
            double years = left > 0 ? left : 0;
            double stressed = price(option.spot() * moves.factor[row], logForward, volatility, years);
            values[row] = Math.rint(unit * (base + moves.share[row] * (stressed - base)));
        }
    }

    /** Whether the model has a kernel of lanes. */
    boolean hasLanes() {
        return switch (model) {
            case OptionValue.Lognormal ignored -> true;
            case OptionValue.Tree ignored -> true;
            case OptionValue.Jumps ignored -> false;
        };
    }

    /** The prices at the epoch that a mark and its sensitivities need. */
    Marks marks() {
        return new Marks(
                price(),
                priceMoved(1 + Marks.BUMP, Marks.LOG_UP),
                priceMoved(1 - Marks.BUMP, Marks.LOG_DOWN),
                price(option.spot(), logMoneyness, option.volatility() + Marks.VOLATILITY_POINT, option.years()));
    }

    /** Price of one unit, USD, at the epoch. */
    double price() {
        return price(option.spot(), logMoneyness, option.volatility(), option.years());
    }

    /** Price with the underlying moved by a factor, all else as it is. */
    private double priceMoved(double factor, double logFactor) {
        return price(option.spot() * factor, logMoneyness + logFactor, option.volatility(), option.years());
    }

    private double volatility(Worlds worlds, int row, double logForward) {
        double move = worlds.level[row] * term.factor() + worlds.twist[row] * (term.twist() * term.factor());
        double moved = option.volatility() * (1 + move);
        return SurfaceRule.floored(SurfaceRule.skewed(moved, -logForward, term.rootYears(), worlds.skew[row]));
    }

    private double price(double forward, double logForward, double volatility, double years) {
        return model.price(option, forward, logForward, volatility, years);
    }

    /**
     * Prices of one unit of an option at the epoch, USD: its mark, and what its delta and vega are differences of.
     *
     * @param base as things stand
     * @param up with the underlying higher by {@link #BUMP}
     * @param down with the underlying lower by {@link #BUMP}
     * @param repriced with the volatility higher by {@link #VOLATILITY_POINT}
     */
    record Marks(double base, double up, double down, double repriced) {
        /** Relative move of the underlying on either side, for a delta. */
        static final double BUMP = 1e-4;

        /** Absolute move of the volatility a year, for a vega. */
        static final double VOLATILITY_POINT = 0.01;

        static final double LOG_UP = StrictMath.log(1 + BUMP);
        static final double LOG_DOWN = StrictMath.log(1 - BUMP);

        /** Change of the price, USD, for a relative move of the underlying by 1. */
        double slope() {
            return (up - down) / (2 * BUMP);
        }

        /** Change of the price, USD, for a volatility point. */
        double vega() {
            return repriced - base;
        }
    }

    /**
     * What all options of one expiry share.
     *
     * @param factor τ of {@link SurfaceRule#termFactor}
     * @param twist relative move of volatility at τ = 1 in a twist of sign 1
     * @param rootYears √T of standardised moneyness
     */
    record Term(double factor, double twist, double rootYears) {
        static Term of(SurfaceRule rule, double years) {
            return new Term(rule.termFactor(years), rule.twist(years), SurfaceRule.rootYears(years));
        }
    }
}
