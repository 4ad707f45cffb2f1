package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MarginEffectTest {
    /** Ratios 1, 2, 3, 4: of eight sides, one may be larger at 87.5 %, so three sigmas cover. */
    @Test
    void shouldFindTheSmallestMultipleThatCovers() {
        double[] sigma = {0.01, 0.01, 0.02, 0.02};
        double[] move = {0.01, -0.02, 0.06, -0.08};
        MarginEffect effect = MarginEffect.of(sigma, move, 0.875);
        assertEquals(3, effect.multiplier(), 1e-12);
        assertEquals((Math.sinh(0.03) + Math.sinh(0.06)) / 2, effect.average(), 1e-12);
        assertEquals(4, MarginEffect.of(sigma, move, 0.99).multiplier(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> MarginEffect.of(sigma, new double[1], 0.99));
    }

    @Test
    void shouldNotDependOnTheScaleOfSigma() {
        double[] sigma = {0.01, 0.03, 0.02, 0.02};
        double[] twice = {0.02, 0.06, 0.04, 0.04};
        double[] move = {0.01, -0.02, 0.06, -0.08};
        assertEquals(
                MarginEffect.of(sigma, move, 0.9).average(),
                MarginEffect.of(twice, move, 0.9).average(),
                1e-12);
    }

    @Test
    void shouldGovernDayByDay() {
        double[] governed = MarginEffect.governed(new double[] {2, 2, 2}, new double[] {1, 2.5, 9}, 1.5);
        assertArrayEquals(new double[] {2, 2.5, 3}, governed, 0);
    }
}
