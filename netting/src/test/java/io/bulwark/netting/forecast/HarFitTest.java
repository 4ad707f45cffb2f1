package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HarFitTest {
    /** Of an AR(1) in logarithms with coefficient 0.9 the last day carries nearly all. */
    @Test
    void shouldFindWhatASeriesWasMadeOf() {
        HarFit fit = HarFit.of(SteppedHistory.of(20_000, 11).variance());
        assertEquals(20_000 - 60, fit.observations());
        assertEquals(0.9, fit.day(), 0.03);
        assertEquals(0, fit.week(), 0.05);
        assertEquals(0.09, fit.residualVariance(), 0.003);
        assertTrue(fit.r2() > 0.78 && fit.r2() < 0.84, "1 − (1 − 0.81) = 0.81; have " + fit.r2());
        assertEquals(fit.residualVariance() / 2, fit.qlike(), 0.01);
    }

    @Test
    void shouldRefuseAVarianceOfZeroAndAShortSeries() {
        double[] flat = new double[100];
        assertThrows(IllegalArgumentException.class, () -> HarFit.of(flat));
        assertThrows(IllegalArgumentException.class, () -> HarFit.of(new double[] {1, 2, 3}));
    }

    @Test
    void shouldRefuseASeriesThatNeverMoves() {
        double[] one = new double[200];
        Arrays.fill(one, 1);
        assertThrows(IllegalArgumentException.class, () -> HarFit.of(one));
    }
}
