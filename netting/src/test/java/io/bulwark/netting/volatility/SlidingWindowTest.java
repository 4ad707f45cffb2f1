package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    /** VOLA-010: of 1, 2, 4, 8 the 97.5 % quantile stands at position 3 · 0.975 = 2.925: 4 + 0.925 · 4. */
    @Test
    void shouldInterpolateBetweenOrderStatistics() {
        SlidingWindow window = new SlidingWindow(4);
        for (double value : new double[] {99, 8, 1, 4, 2}) {
            window.add(value);
        }
        assertEquals(7.7, window.quantile(0.975), 1e-12);
        assertEquals(3, window.median(), 1e-12);
        assertEquals(1, window.quantile(0));
        assertEquals(8, window.quantile(1));
    }

    @Test
    void shouldHoldTheLastValuesInOrder() {
        SplittableRandom random = new SplittableRandom(23);
        double[] values = new double[500];
        SlidingWindow window = new SlidingWindow(30);
        for (int t = 0; t < values.length; t++) {
            values[t] = random.nextInt(40);
            window.add(values[t]);
            double[] last = Arrays.copyOfRange(values, Math.max(0, t - 29), t + 1);
            Arrays.sort(last);
            for (int i = 0; i < last.length; i++) {
                double p = last.length == 1 ? 0 : (double) i / (last.length - 1);
                assertEquals(last[i], window.quantile(p), 1e-9, "seed 23, row " + t);
            }
        }
    }
}
