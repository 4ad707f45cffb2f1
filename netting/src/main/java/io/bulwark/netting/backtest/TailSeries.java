package io.bulwark.netting.backtest;

import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.SampleTail;
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

    /**
     * One unit of notional in one underlying, filtered historical simulation at λ = .94.
     *
     * @param history prices
     * @param asset index of the underlying
     * @param sign 1 for a long position, −1 for a short one
     * @param lookBack largest number of residuals
     * @param starts first move of every day judged
     * @param rate 1 − level
     */
    public static TailSeries filtered(
            BookHistory history, int asset, int sign, int lookBack, int[] starts, double rate) {
        FilteredHistory filtered = FilteredHistory.of(history.logReturns(asset));
        double[] profits = new double[starts.length];
        double[] valueAtRisk = new double[starts.length];
        double[] shortfall = new double[starts.length];
        for (int day = 0; day < starts.length; day++) {
            int move = starts[day];
            double[] simulated = filtered.simulate(move, lookBack, filtered.volatility(move));
            SampleTail tail = SampleTail.of(
                    Arrays.stream(simulated).map(change -> sign * change).toArray(), rate);
            profits[day] = sign * history.change(asset, move, 1);
            valueAtRisk[day] = tail.valueAtRisk();
            shortfall[day] = tail.shortfall();
        }
        return new TailSeries(profits, valueAtRisk, shortfall);
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
