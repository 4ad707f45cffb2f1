package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.SharedReference;
import io.bulwark.netting.tail.PeaksOverThreshold.GeneralisedPareto;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tails fitted to losses that have been published, and to laws that are known. */
class GeneralisedParetoTest {
    /** TAIL-001: McNeil (1997) prints ξ = 0.50 (0.14) and β = 7.0 (1.1) for 109 excesses over 10. */
    @Test
    void shouldFitTheDanishFireLossesAsPublished() {
        double[] losses = danish();
        double[] excesses = PeaksOverThreshold.excesses(losses, 10);
        ParetoLikelihood fit = ParetoLikelihood.fit(excesses);
        assertEquals(109, excesses.length);
        assertEquals(0.4970, fit.law().shape(), 5e-5);
        assertEquals(6.975, fit.law().scale(), 5e-4);
        assertEquals(0.1363, fit.shapeError(), 5e-5);
        assertEquals(1.1135, fit.scaleError(), 5e-5);
        PeaksOverThreshold tail = new PeaksOverThreshold(10, losses.length, excesses.length, fit.law());
        assertEquals(27.29, tail.valueAtRisk(0.99), 5e-3);
        assertEquals(58.24, tail.expectedShortfall(0.99), 5e-3);
    }

    /** TAIL-002: moments need no search and agree with likelihood within its error. */
    @Test
    void shouldAgreeWithMomentsWithinTheErrorOfTheFit() {
        double[] excesses = PeaksOverThreshold.excesses(danish(), 5);
        ParetoLikelihood likely = ParetoLikelihood.fit(excesses);
        GeneralisedPareto moments = WeightedMoments.fit(excesses);
        assertEquals(likely.law().shape(), moments.shape(), 2 * likely.shapeError());
        assertEquals(likely.law().scale(), moments.scale(), 2 * likely.scaleError());
    }

    @Test
    void shouldFindALawAgainFromItsQuantiles() {
        for (double shape : new double[] {-0.3, -1e-6, 0, 1e-6, 0.2, 0.4}) {
            GeneralisedPareto law = new GeneralisedPareto(shape, 2.5);
            double[] sample = quantiles(law, 4_000);
            assertEquals(shape, ParetoLikelihood.fit(sample).law().shape(), 0.01, "likelihood, shape " + shape);
            assertEquals(shape, WeightedMoments.fit(sample).shape(), 0.02, "moments, shape " + shape);
        }
    }

    @Test
    void shouldStandAtAMaximumOfTheLikelihood() {
        double[] excesses = PeaksOverThreshold.excesses(danish(), 4);
        ParetoLikelihood fit = ParetoLikelihood.fit(excesses);
        for (double[] step : new double[][] {{1e-3, 0}, {-1e-3, 0}, {0, 1e-3}, {0, -1e-3}}) {
            GeneralisedPareto beside =
                    new GeneralisedPareto(fit.law().shape() + step[0], fit.law().scale() + step[1]);
            double sum = IntStream.range(0, excesses.length)
                    .mapToDouble(i -> beside.logDensity(excesses[i]))
                    .sum();
            assertTrue(sum < fit.logLikelihood(), "beside the maximum the likelihood must fall: " + sum);
        }
    }

    /** The standard error against the law of large samples: (1 + ξ)/√n for ξ (Smith 1987). */
    @Test
    void shouldKnowItsErrorInLargeSamples() {
        double shape = 0.25;
        ParetoLikelihood fit = ParetoLikelihood.fit(quantiles(new GeneralisedPareto(shape, 1), 10_000));
        assertEquals((1 + shape) / 100, fit.shapeError(), 2e-4);
        assertEquals(StrictMath.sqrt(2 * (1 + shape)) / 100, fit.scaleError(), 2e-4);
    }

    @Test
    void shouldInvertSurvival() {
        for (double shape : new double[] {-0.4, 0, 0.3}) {
            GeneralisedPareto law = new GeneralisedPareto(shape, 1.7);
            assertEquals(1e-4, survival(law, law.excess(1e-4)), 1e-12);
            assertEquals(0.5, survival(law, law.excess(0.5)), 1e-12);
        }
    }

    @Test
    void shouldEstimateTheTailIndexByHill() {
        double[] losses = danish();
        assertEquals(0.6312180586, Hill.shape(losses, 109), 1e-9);
        assertThrows(IllegalArgumentException.class, () -> Hill.shape(losses, losses.length));
        assertThrows(IllegalArgumentException.class, () -> Hill.shape(new double[] {-1, 2, 3}, 2));
    }

    @Test
    void shouldRefuseATailThatCannotBeFitted() {
        assertThrows(IllegalArgumentException.class, () -> ParetoLikelihood.fit(new double[] {1, 2, 3, 4}));
        assertThrows(IllegalArgumentException.class, () -> new GeneralisedPareto(0.1, 0));
        // Uniform excesses end abruptly: the likelihood grows without bound towards ξ = −1.
        double[] uniform = IntStream.rangeClosed(1, 100).mapToDouble(i -> i).toArray();
        assertThrows(IllegalArgumentException.class, () -> ParetoLikelihood.fit(uniform));
        assertThrows(IllegalStateException.class, () -> new GeneralisedPareto(1, 1).meanBeyond(0));
    }

    private static double[] quantiles(GeneralisedPareto law, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> law.excess((i + 0.5) / count))
                .toArray();
    }

    private static double[] danish() {
        return SharedReference.read("vectors/danish_fire_losses.csv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** P(Y &gt; excess): (1 + ξy/β)^(−1/ξ), e^(−y/β) at ξ = 0 (Pickands 1975). */
    private static double survival(GeneralisedPareto law, double excess) {
        double ratio = excess / law.scale();
        return law.shape() == 0 ? StrictMath.exp(-ratio) : StrictMath.pow(1 + law.shape() * ratio, -1 / law.shape());
    }
}
