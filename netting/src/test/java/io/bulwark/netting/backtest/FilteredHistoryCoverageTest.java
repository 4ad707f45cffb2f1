package io.bulwark.netting.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.netting.coverage.CoverageTest;
import io.bulwark.netting.coverage.Exceedances;
import io.bulwark.netting.coverage.SampleTail;
import io.bulwark.tier.Heavy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BACK-005. Margin formula, section 4.4: value at risk and expected shortfall of 99 % by filtered historical simulation, BTC 2014–2025. */
@Heavy
final class FilteredHistoryCoverageTest {
    private static final double RATE = 0.01;

    @ParameterizedTest(name = "{0} residuals")
    @CsvSource({
        "250, 55, 59, -0.35, -0.40",
        "500, 46, 51, -0.07, -0.19",
        "1000, 45, 45, 0.01, -0.06",
        "1500, 40, 44, 0.12, -0.02",
        "2500, 40, 43, NaN, NaN"
    })
    void shouldReproduceTheLookBacks(int lookBack, int longCount, int shortCount, double longZ, double shortZ) {
        TailSeries falls = tail(1, lookBack);
        TailSeries rises = tail(-1, lookBack);
        assertEquals(longCount, falls.coverage(RATE).exceedances().count(), "long");
        assertEquals(shortCount, rises.coverage(RATE).exceedances().count(), "short");
        // The page prints no Z2 at 2,500.
        if (!Double.isNaN(longZ)) {
            assertEquals(longZ, falls.shortfallTest(RATE).unconditional(), 0.005, "long");
            assertEquals(shortZ, rises.shortfallTest(RATE).unconditional(), 0.005, "short");
        }
    }

    @Test
    void shouldReproduceTheTestsAtFifteenHundredResiduals() {
        CoverageTest falls = tail(1, 1_500).coverage(RATE);
        CoverageTest rises = tail(-1, 1_500).coverage(RATE);
        assertEquals(4_285, falls.exceedances().days());
        assertEquals(0.66, falls.kupiec().probability(), 0.005);
        assertEquals(0.86, rises.kupiec().probability(), 0.005);
        // The page tests independence on the losses beyond expected shortfall.
        assertEquals(0.86, beyondShortfall(tail(1, 1_500)), 0.005);
        assertEquals(0.75, beyondShortfall(tail(-1, 1_500)), 0.005);
    }

    private static double beyondShortfall(TailSeries series) {
        return CoverageTest.of(Exceedances.of(Exceedances.hits(series.profits(), series.shortfall())), RATE)
                .independence()
                .probability();
    }

    private static TailSeries tail(int sign, int lookBack) {
        BookHistory history = ReferenceSeries.bitcoin();
        int[] starts = ReferenceSeries.apart(ReferenceSeries.FIRST_DAY, ReferenceSeries.LAST_DAY, 1)
                .starts(history);
        return filtered(history, 0, sign, lookBack, starts, RATE);
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
    private static TailSeries filtered(
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
}
