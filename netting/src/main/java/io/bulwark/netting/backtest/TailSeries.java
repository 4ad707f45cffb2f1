package io.bulwark.netting.backtest;

import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.ShortfallTest;
import java.util.Arrays;

/**
 * Value at risk and expected shortfall of a book, day after day, beside what it earned; shares of its notional.
 *
 * @param profits gains positive
 * @param valueAtRisk known when the day begins, losses positive
 * @param shortfall expected shortfall at the same level
 */
record TailSeries(double[] profits, double[] valueAtRisk, double[] shortfall) {
    /** 1 − level of value at risk and expected shortfall. */
    public static final double RATE = 0.01;

    /** Checks the lengths and copies. */
    public TailSeries {
        if (valueAtRisk.length != profits.length || shortfall.length != profits.length) {
            throw new IllegalArgumentException("columns must have one length; have " + profits.length + ", "
                    + valueAtRisk.length + ", " + shortfall.length);
        }
        profits = profits.clone();
        valueAtRisk = valueAtRisk.clone();
        shortfall = shortfall.clone();
    }

    /** The days of this series, those of another column, that end in [first, last]. */
    TailSeries between(BookSeries days, int first, int last) {
        int from = days.lowerBound(first);
        int to = days.lowerBound(last + 1);
        return new TailSeries(
                Arrays.copyOfRange(profits, from, to),
                Arrays.copyOfRange(valueAtRisk, from, to),
                Arrays.copyOfRange(shortfall, from, to));
    }

    /** Days on which the loss exceeded the value at risk. */
    public boolean[] exceedances() {
        return Exceedances.hits(profits, valueAtRisk);
    }

    /** Kupiec and Christoffersen. */
    public CoverageTest coverage(double rate) {
        return CoverageTest.of(Exceedances.of(exceedances()), rate);
    }

    /** Acerbi and Székely. */
    public ShortfallTest shortfallTest(double rate) {
        return ShortfallTest.of(profits, valueAtRisk, shortfall, rate);
    }

    @Override
    public double[] profits() {
        return profits.clone();
    }

    @Override
    public double[] valueAtRisk() {
        return valueAtRisk.clone();
    }

    @Override
    public double[] shortfall() {
        return shortfall.clone();
    }
}
