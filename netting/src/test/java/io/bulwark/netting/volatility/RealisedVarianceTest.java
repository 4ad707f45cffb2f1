package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RealisedVarianceTest {
    private static final ParameterSet FOUNDING = ParameterSet.founding();

    private static double[] hours(int good) {
        double[] hours = new double[24];
        Arrays.fill(hours, Double.NaN);
        Arrays.fill(hours, 0, good, 0.01);
        return hours;
    }

    @Test
    void shouldNeedTwentyGoodHours() {
        assertEquals(24 * 0.0001, RealisedVariance.ofDay(hours(24), FOUNDING), 1e-15);
        assertEquals(24 * 0.0001, RealisedVariance.ofDay(hours(20), FOUNDING), 1e-15);
        assertTrue(Double.isNaN(RealisedVariance.ofDay(hours(19), FOUNDING)));
        assertThrows(IllegalArgumentException.class, () -> RealisedVariance.ofDay(new double[25], FOUNDING));
    }

    /** VOLA-006: at σ_now = 4.9 % an hour alarms beyond 4 · 4.9 % / √24 = 4.0008 %. */
    @Test
    void shouldAlarmBeyondFourTimesTheUsualHour() {
        assertFalse(RealisedVariance.alarms(0.0400 * 0.0400, 0.049, FOUNDING));
        assertTrue(RealisedVariance.alarms(0.0401 * 0.0401, 0.049, FOUNDING));
    }
}
