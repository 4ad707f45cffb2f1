package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.SharedReference;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Garch11Test {
    private static double[] deutschmark() {
        return SharedReference.read("vectors/dem2gbp_returns.csv")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("ret"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** VOLA-007: G. Fiorentini, G. Calzolari and L. Panattoni (1996), the benchmark of GARCH programs. */
    @Test
    void shouldGiveThePublishedBenchmark() {
        double[] returns = deutschmark();
        Garch11 fit = Garch11.fit(returns);
        assertEquals(-0.00619041, fit.mu(), 1e-6);
        assertEquals(0.0107613, fit.omega(), 1e-6);
        assertEquals(0.153134, fit.alpha(), 1e-6);
        assertEquals(0.805974, fit.beta(), 1e-6);
        assertEquals(-1106.6078810412885, fit.logLikelihood(returns), 1e-9);
    }

    @Test
    void shouldNotDependOnTheUnitOfReturns() {
        double[] returns = Arrays.copyOf(deutschmark(), 600);
        Garch11 percent = Garch11.fit(returns);
        Garch11 share = Garch11.fit(Arrays.stream(returns).map(r -> r / 100).toArray());
        assertEquals(percent.mu() / 100, share.mu(), 1e-8);
        assertEquals(percent.omega() / 1e4, share.omega(), 1e-9);
        assertEquals(percent.alpha(), share.alpha(), 1e-5);
        assertEquals(percent.beta(), share.beta(), 1e-5);
    }

    @Test
    void shouldFindNothingBetterBesideTheFit() {
        double[] returns = Arrays.copyOf(deutschmark(), 400);
        Garch11 fit = Garch11.fit(returns);
        SplittableRandom random = new SplittableRandom(11);
        double best = fit.logLikelihood(returns);
        for (int trial = 0; trial < 2_000; trial++) {
            double alpha = Math.max(0, fit.alpha() + 0.2 * (random.nextDouble() - 0.5));
            double beta = Math.clamp(fit.beta() + 0.4 * (random.nextDouble() - 0.5), 0, 0.999 - alpha);
            Garch11 other = new Garch11(
                    fit.mu() + 0.02 * (random.nextDouble() - 0.5),
                    fit.omega() * (0.5 + random.nextDouble()),
                    alpha,
                    beta);
            assertTrue(other.logLikelihood(returns) <= best + 1e-9, "seed 11, trial " + trial + ": " + other);
        }
    }

    /** QuantLib's test of its Garch11: α 0.2, β 0.3, long-run variance 0.4, ten returns of 0.1. */
    @Test
    void shouldGiveThePublishedPath() {
        double[] returns = new double[10];
        Arrays.fill(returns, 0.1);
        double[] deviations = Arrays.stream(
                        Garch11.ofLongRunVariance(0.4, 0.2, 0.3).variances(returns))
                .map(Math::sqrt)
                .toArray();
        assertArrayEquals(
                new double[] {
                    0.452769, 0.513323, 0.530141, 0.5350841, 0.536558, 0.536999, 0.537132, 0.537171, 0.537183, 0.537187
                },
                deviations,
                1e-6);
    }

    @Test
    void shouldRefuseWhatCannotBeFitted() {
        assertThrows(IllegalArgumentException.class, () -> Garch11.fit(new double[49]));
        assertThrows(IllegalArgumentException.class, () -> Garch11.fit(new double[60]));
        assertThrows(IllegalArgumentException.class, () -> new Garch11(0, 1, 0.5, 0.5));
    }
}
