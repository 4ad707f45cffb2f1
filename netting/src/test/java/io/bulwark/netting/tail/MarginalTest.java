package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;

/** The law of a residual: the sample inside, extreme-value tails outside. */
class MarginalTest {
    private static final TDistribution LAW = new TDistribution(4);
    private final Marginal marginal = Marginal.of(sample(2_000));

    @Test
    void shouldBeTheSampleInTheMiddle() {
        for (double p : new double[] {0.06, 0.3, 0.5, 0.7, 0.94}) {
            assertEquals(LAW.inverseCumulativeProbability(p), marginal.quantile(p), 0.01, "at " + p);
        }
    }

    /** The tails of a t with four degrees of freedom have index 1/4; the sample's largest is its 1 − 1/4000 quantile, the tail goes on. */
    @Test
    void shouldGoOnBeyondTheSample() {
        double largest = LAW.inverseCumulativeProbability(1 - 0.5 / 2_000);
        assertTrue(marginal.quantile(1 - 1e-5) > 1.5 * largest, "must reach beyond " + largest);
        double beyond = LAW.inverseCumulativeProbability(1 - 1e-4);
        assertEquals(beyond, marginal.quantile(1 - 1e-4), 0.2 * beyond);
        assertEquals(-beyond, marginal.quantile(1e-4), 0.2 * beyond);
        assertEquals(0.25, marginal.upperTail().shape(), 0.12);
        assertEquals(0.25, marginal.lowerTail().shape(), 0.12);
    }

    @Test
    void shouldRiseWithoutAJump() {
        double before = marginal.quantile(1e-6);
        for (int i = 1; i < 10_000; i++) {
            double next = marginal.quantile(i / 10_000.0);
            assertTrue(next >= before, "at " + i);
            before = next;
        }
        for (double edge : new double[] {Marginal.TAIL_SHARE, 1 - Marginal.TAIL_SHARE}) {
            assertEquals(marginal.quantile(edge - 1e-9), marginal.quantile(edge + 1e-9), 1e-6);
        }
    }

    @Test
    void shouldPlaceAResidualInTheMiddleOfItsRank() {
        double[] sample = sample(2_000);
        assertEquals(0.5 / 2_000, marginal.probability(sample[0]), 1e-12);
        assertEquals(1_999.5 / 2_000, marginal.probability(sample[1_999]), 1e-12);
        assertEquals(sample[700], marginal.quantile(marginal.probability(sample[700])), 1e-9);
    }

    @Test
    void shouldRefuseTooFewResiduals() {
        assertThrows(IllegalArgumentException.class, () -> Marginal.of(sample(99)));
    }

    private static double[] sample(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> LAW.inverseCumulativeProbability((i + 0.5) / count))
                .toArray();
    }
}
