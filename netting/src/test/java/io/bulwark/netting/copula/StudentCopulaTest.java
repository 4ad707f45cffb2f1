package io.bulwark.netting.copula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;

/** The t-copula against what is known of it. */
class StudentCopulaTest {
    private static final double[][] PAIR = {{1, 0.7}, {0.7, 1}};

    @Test
    void shouldFindItselfAgainInItsOwnDraws() {
        double[][] sample = sample(new StudentCopula(4, PAIR), 6_000);
        double rho = StudentCopula.ellipticalCorrelation(sample[0], sample[1]);
        assertEquals(0.7, rho, 0.02);
        assertEquals(4, StudentCopula.fit(sample, PAIR).degrees(), 0.6);
        double[][] thin = sample(new StudentCopula(20, PAIR), 6_000);
        assertTrue(StudentCopula.fit(thin, PAIR).degrees() > 10, "thin tails must not look like ν = 4");
    }

    @Test
    void shouldSeeRanksOnly() {
        double[][] sample = sample(new StudentCopula(5, PAIR), 1_000);
        double[][] bent = {sample[0].clone(), sample[1].clone()};
        for (int i = 0; i < bent[1].length; i++) {
            bent[1][i] = StrictMath.sinh(bent[1][i]);
        }
        assertEquals(
                StudentCopula.fit(sample, PAIR).degrees(),
                StudentCopula.fit(bent, PAIR).degrees());
    }

    /**
     * Scores are t-distributed, and P(both below their 1 % quantile) is 0.42627 of P(one is): ∫ f₄(x)·t₅((q − ρx)/√((4 + x²)(1 − ρ²)/5)) dx over x &lt; q,
     * by quadrature.
     */
    @Test
    void shouldDrawScoresOfItsOwnLaw() {
        double[][] sample = sample(new StudentCopula(4, PAIR), 200_000);
        double quantile = new TDistribution(4).inverseCumulativeProbability(0.01);
        int below = 0;
        int both = 0;
        for (int i = 0; i < sample[0].length; i++) {
            below += sample[0][i] < quantile ? 1 : 0;
            both += sample[0][i] < quantile && sample[1][i] < quantile ? 1 : 0;
        }
        assertEquals(2_000, below, 140);
        assertEquals(0.42627, (double) both / below, 0.035);
    }

    /** Given the first score, the second has mean ρ·x and variance (1 − ρ²)(ν + x²)/(ν − 1). */
    @Test
    void shouldDrawTheRestOfAPartlyKnownWorld() {
        StudentCopula copula = new StudentCopula(6, PAIR);
        double known = -3;
        double sum = 0;
        double squares = 0;
        int count = 40_000;
        for (int i = 0; i < count; i++) {
            double[] scores = copula.draw(new double[] {known}, new SeededDraws(7, i));
            assertEquals(known, scores[0]);
            sum += scores[1];
            squares += scores[1] * scores[1];
        }
        double mean = sum / count;
        assertEquals(0.7 * known, mean, 0.03);
        assertEquals(0.51 * (6 + 9) / 5, squares / count - mean * mean, 0.06);
    }

    @Test
    void shouldDrawTheSameForTheSameSeed() {
        StudentCopula copula = new StudentCopula(4, PAIR);
        double[] once = copula.draw(new double[0], new SeededDraws(1, 5));
        assertArrayEquals(once, copula.draw(new double[0], new SeededDraws(1, 5)));
        assertTrue(once[0] != copula.draw(new double[0], new SeededDraws(1, 6))[0]);
        assertTrue(once[0] != copula.draw(new double[0], new SeededDraws(2, 5))[0]);
    }

    @Test
    void shouldRefuseWhatIsNoCopula() {
        assertThrows(IllegalArgumentException.class, () -> new StudentCopula(2, PAIR));
        assertThrows(RuntimeException.class, () -> new StudentCopula(4, new double[][] {{1, 1.2}, {1.2, 1}}));
    }

    private static double[][] sample(StudentCopula copula, int count) {
        double[][] columns = new double[copula.dimension()][count];
        for (int i = 0; i < count; i++) {
            double[] scores = copula.draw(new double[0], new SeededDraws(42, i));
            for (int g = 0; g < scores.length; g++) {
                columns[g][i] = scores[g];
            }
        }
        return columns;
    }
}
