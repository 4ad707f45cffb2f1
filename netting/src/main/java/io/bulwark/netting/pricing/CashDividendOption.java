package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.Exercise;
import io.bulwark.netting.pricing.BinomialTree.CashDividend;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An option whose underlying pays dividends in cash, by the escrowed model of {@link BinomialTree}: what moves is the price less
 * the present value of the dividends to come before expiry. European options are Black and Scholes on that price, American ones
 * come from an extrapolated tree of 512 steps, good to 1e-4 of the strike. Greeks are central differences; the theta's day
 * passes for the dividends too.
 *
 * @param terms everything but exercise and dividends; the spot is the whole price
 * @param exercise European or American
 * @param dividends in cash, in any order; those at expiry or later are ignored
 */
record CashDividendOption(BlackScholesMerton terms, Exercise exercise, List<CashDividend> dividends)
        implements DifferencedModel {
    private static final int TREE_STEPS = 512;

    /** Wide, for a tree's price is smooth to 1e-5 only. */
    private static final Steps WIDE = new Steps(2e-2, 1e-2, 1e-3, 1e-3);

    /** Copies the dividends; those before expiry must be worth less than the spot. */
    public CashDividendOption {
        dividends = List.copyOf(dividends);
        BinomialTree.requireLess(BinomialTree.escrow(terms, dividends, 0), terms.spot());
    }

    @Override
    public double spot() {
        return terms.spot();
    }

    @Override
    public DoubleUnaryOperator curve() {
        double escrow = BinomialTree.escrow(terms, dividends, 0);
        return switch (exercise) {
            case EUROPEAN -> factor -> terms.withSpot(spot() * factor - escrow).price();
            case AMERICAN ->
                factor -> BinomialTree.extrapolated(terms.withSpot(spot() * factor), dividends, TREE_STEPS);
        };
    }

    /** A longer option's dividends are as much later; one that would be past is paid out and gone. */
    @Override
    public CashDividendOption moved(double ofYield, double ofRate, double ofYears, double ofVolatility) {
        BlackScholesMerton moved = new BlackScholesMerton(
                terms.right(),
                terms.spot(),
                terms.strike(),
                terms.dividendYield() + ofYield,
                terms.rate() + ofRate,
                terms.years() + ofYears,
                terms.volatility() + ofVolatility);
        List<CashDividend> later = dividends.stream()
                .filter(dividend -> dividend.years() + ofYears > 0)
                .map(dividend -> new CashDividend(dividend.years() + ofYears, dividend.amount()))
                .toList();
        return new CashDividendOption(moved, exercise, later);
    }

    @Override
    public Steps steps() {
        double nearest = dividends.stream().mapToDouble(CashDividend::years).reduce(terms.years(), Math::min);
        return new Steps(
                WIDE.spot(),
                Math.min(WIDE.volatility(), terms.volatility() / 10),
                WIDE.rate(),
                Math.min(WIDE.years(), nearest / 10));
    }
}
