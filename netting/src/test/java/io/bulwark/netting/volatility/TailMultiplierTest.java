package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TailMultiplierTest {
    private static final TailMultiplier STUDENT = VolatilityRule.founding().multiplier();

    /** VOLA-002: K = 9 is ν = 5; the table of Student's law has 5.8934 at 0.999, times √(3/5). */
    @Test
    void shouldBeTheScaledStudentQuantile() {
        assertEquals(5.0, TailMultiplier.freedom(9));
        assertEquals(5.89343 * Math.sqrt(3.0 / 5), STUDENT.of(9), 1e-5);
        assertEquals(5.20763 * Math.sqrt(4.0 / 6), STUDENT.of(6), 1e-5);
        assertEquals(4.14370 * Math.sqrt(8.0 / 10), STUDENT.of(4), 1e-5);
    }

    @Test
    void shouldBeTheNormalQuantileUpToThree() {
        assertEquals(3.090232, STUDENT.of(3), 1e-6);
        assertEquals(3.090232, STUDENT.of(1), 1e-6);
        assertEquals(STUDENT.of(3), STUDENT.of(3 + 1e-7), 1e-6);
    }

    @Test
    void shouldApproachFiveAndSevenHundredthsForTheFattestTail() {
        assertEquals(7.17318 / Math.sqrt(2), STUDENT.of(1e9), 1e-4);
        assertEquals(5.07, STUDENT.of(625), 0.01);
    }

    @Test
    void shouldRiseWithKurtosis() {
        double before = 0;
        for (double kurtosis = 3; kurtosis < 30; kurtosis += 0.05) {
            double now = STUDENT.of(kurtosis);
            assertTrue(now >= before, kurtosis + ": " + now + " after " + before);
            before = now;
        }
    }

    @Test
    void shouldStayInsideGovernedBounds() {
        assertEquals(4, new TailMultiplier.Student(0.999, 3, 4).of(20));
        assertEquals(3.5, new TailMultiplier.Student(0.999, 3.5, 4).of(2));
    }
}
