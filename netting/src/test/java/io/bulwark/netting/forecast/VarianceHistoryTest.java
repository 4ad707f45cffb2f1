package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.netting.volatility.DailyPrices;
import org.junit.jupiter.api.Test;

class VarianceHistoryTest {
    private static final DailyPrices PRICES = new DailyPrices(
            "BTC",
            new int[] {10, 11, 12},
            new double[] {100, 110, 121},
            new double[] {120, 130, 121},
            new double[] {90, 100, 121},
            new double[] {110, 121, 121});

    /** LVOL-001. */
    @Test
    void shouldMeasureTheVarianceOfACandle() {
        double range = Math.log(120.0 / 90);
        double body = Math.log(110.0 / 100);
        VarianceHistory klass = VarianceHistory.ofRanges(PRICES, new double[0], VarianceMeasure.GARMAN_KLASS);
        VarianceHistory parkinson = VarianceHistory.ofRanges(PRICES, new double[0], VarianceMeasure.PARKINSON);
        assertEquals(0.5 * range * range - 0.3862943611198906 * body * body, klass.variance()[0], 1e-15);
        assertEquals(0.037871, klass.variance()[0], 5e-7);
        assertEquals(range * range / 2.772588722239781, parkinson.variance()[0], 1e-15);
        assertEquals(0.029850, parkinson.variance()[0], 5e-7);
    }

    @Test
    void shouldBelieveNoDayWithoutVariance() {
        VarianceHistory history = VarianceHistory.ofRanges(PRICES, new double[0], VarianceMeasure.GARMAN_KLASS);
        assertEquals(1e-5, history.variance()[2], 0);
    }

    @Test
    void shouldShareTheVarianceByFallingPrices() {
        DailyPrices falls = DailyPrices.ofCloses("BTC", new int[] {1, 2, 3}, new double[] {100, 90, 100});
        VarianceHistory history = VarianceHistory.ofRanges(falls, new double[0], VarianceMeasure.GARMAN_KLASS);
        assertEquals(0.5, history.negativeShare()[0], 0, "nothing moved yet");
        assertEquals(1, history.negativeShare()[1], 1e-15, "only a fall");
        assertEquals(0.5, history.negativeShare()[2], 1e-12, "a fall and the same rise");
    }

    @Test
    void shouldRefuseAColumnOfAnotherLengthAndAVarianceOfZero() {
        double[] one = {1};
        assertThrows(
                IllegalArgumentException.class,
                () -> new VarianceHistory("X", VarianceMeasure.REALISED, new int[] {1, 2}, one, one, one, one));
        assertThrows(
                IllegalArgumentException.class,
                () -> new VarianceHistory(
                        "X", VarianceMeasure.REALISED, new int[] {1}, new double[] {0}, one, one, one));
    }

    @Test
    void shouldGiveEveryHistoryItsOwnDigest() {
        VarianceHistory history = SteppedHistory.of(100, 1);
        assertEquals(history.digest(), SteppedHistory.of(100, 1).digest());
        assertEquals(history, SteppedHistory.of(100, 1));
        assertNotEquals(history.digest(), history.rows(0, 99).digest());
    }
}
