package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ForecastLossTest {
    @Test
    void shouldLoseNothingOnTheTruthAndMoreOnTooLittle() {
        assertEquals(0, ForecastLoss.qlike(0.04, 0.04), 0);
        assertEquals(2 - Math.log(2) - 1, ForecastLoss.qlike(2, 1), 1e-15);
        assertTrue(ForecastLoss.qlike(2, 1) > ForecastLoss.qlike(1, 2), "half the variance is worse than twice");
    }

    /** By hand: differences 1, 2, 3, 2; mean 2, autocovariances 0.5 and 0 at lag 1; one lag at weight ½. */
    @Test
    void shouldTestADifferenceOfLosses() {
        double[] champion = {2, 4, 6, 4};
        double[] challenger = {1, 2, 3, 2};
        assertEquals(2 / Math.sqrt(0.5 / 4), ForecastLoss.dieboldMariano(champion, challenger, 1), 1e-12);
        assertEquals(-2 / Math.sqrt(0.5 / 4), ForecastLoss.dieboldMariano(challenger, champion, 1), 1e-12);
        assertEquals(0, ForecastLoss.dieboldMariano(champion, champion, 1), 0);
    }

    /** A loss difference that persists is worth less than independent ones. */
    @Test
    void shouldTrustPersistentDifferencesLess() {
        double[] none = new double[400];
        double[] persistent = new double[400];
        double[] alternating = new double[400];
        for (int t = 0; t < 400; t++) {
            persistent[t] = (t / 20) % 2 == 0 ? 3 : -1;
            alternating[t] = t % 2 == 0 ? 3 : -1;
        }
        assertTrue(ForecastLoss.dieboldMariano(persistent, none, 1) < 0.6 * 10);
        assertTrue(ForecastLoss.dieboldMariano(alternating, none, 1) > 10);
    }
}
