package io.bulwark.netting.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.ParameterSet;
import java.util.SplittableRandom;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlausibilityTest {
    private static final Plausibility PAIR = new Plausibility(new double[] {0.0616, 0.0886}, 0.2, 0.9);

    /** CORR-005: the table of margin.md §3.3: D² at ρ = .81 and its least value over the interval. */
    @ParameterizedTest
    @CsvSource({
        "-0.388, -0.43, 63.6, 63.5",
        "-0.203, -0.318, 18.8, 18.7",
        "-0.162, -0.241, 10.0, 9.7",
        "0.16, -0.20, 63.9, 15.2",
        "-0.66, -0.66, 319, 307",
        "-0.60, 0.60, 1097, 293"
    })
    void shouldGiveThePublishedDistances(double btc, double eth, double usual, double least) {
        double[] moves = {btc, eth};
        double tolerance = usual > 100 ? 0.6 : 0.06;
        assertEquals(usual, PAIR.distance(moves, 0.81), tolerance * (usual > 1_000 ? 2 : 1));
        assertEquals(least, PAIR.distance(moves), tolerance);
    }

    /** CORR-006: once in 1, 5, 10, 25 and 50 years under ν = 4. */
    @Test
    void shouldGiveThePublishedThresholds() {
        assertEquals(36.209946349085676, Plausibility.greatest(2, 4, 1), 1e-9);
        assertEquals(83.44003745317895, Plausibility.greatest(2, 4, 5), 1e-9);
        assertEquals(118.83045973593863, Plausibility.greatest(2, 4, 10), 1e-9);
        assertEquals(189.0497317453974, Plausibility.greatest(2, 4, 25), 1e-9);
        assertEquals(268.18512172221955, Plausibility.greatest(2, 4, 50), 1e-9);
    }

    @Test
    void shouldPassTheThresholdOfManyAssetsAsOftenAsItsLawSays() {
        // One asset: D² = z², and z·√(ν/(ν−2)) is Student's t; F(1, 4) at 1 − 1/3650 is the square of its two-sided
        // quantile.
        double t = new org.hipparchus.distribution.continuous.TDistribution(4)
                .inverseCumulativeProbability(1 - 0.5 / 3650);
        assertEquals(t * t / 2, Plausibility.greatest(1, 4, 10), 1e-4);
        assertTrue(Plausibility.greatest(3, 4, 10) > Plausibility.greatest(2, 4, 10));
        double nearTwo = 2
                * (4 - 2)
                / 4.0
                * new org.hipparchus.distribution.continuous.FDistribution(2, 4)
                        .inverseCumulativeProbability(1 - 1 / 3650.0);
        assertEquals(nearTwo, Plausibility.greatest(2, 4, 10), 1e-3);
    }

    @Test
    void shouldAcceptTheWorstRealDaysAndRejectTheInvented() {
        Plausibility law = Plausibility.of(new double[] {0.0616, 0.0886}, ParameterSet.founding());
        assertTrue(accepts(law, new double[] {-0.388, -0.43}), "March 2020");
        assertTrue(accepts(law, new double[] {0.16, -0.20}));
        assertFalse(accepts(law, new double[] {-0.66, -0.66}));
        assertFalse(accepts(law, new double[] {-0.60, 0.60}));
    }

    @Test
    void shouldFindTheLeastDistanceOfAPairByItsRule() {
        SplittableRandom random = new SplittableRandom(17);
        for (int trial = 0; trial < 500; trial++) {
            double[] moves = {random.nextDouble() * 1.4 - 0.7, random.nextDouble() * 1.4 - 0.7};
            double least = Double.MAX_VALUE;
            for (int step = 0; step <= 700; step++) {
                least = Math.min(least, PAIR.distance(moves, 0.2 + step / 1000.0));
            }
            double found = PAIR.distance(moves);
            assertTrue(found <= least * (1 + 1e-12), "seed 17, trial " + trial);
            assertEquals(least, found, 1e-3 * Math.max(1, least), "seed 17, trial " + trial);
        }
    }

    @Test
    void shouldFindALeastDistanceOfManyAssetsThatNoMatrixBeats() {
        SplittableRandom random = new SplittableRandom(19);
        for (int trial = 0; trial < 40; trial++) {
            int n = 3 + random.nextInt(3);
            double[] deviations = new double[n];
            double[] moves = new double[n];
            double[] z = new double[n];
            for (int i = 0; i < n; i++) {
                deviations[i] = 0.03 + 0.1 * random.nextDouble();
                moves[i] = random.nextDouble() - 0.5;
                z[i] = StrictMath.log1p(moves[i]) / deviations[i];
            }
            double found = new Plausibility(deviations, 0.2, 0.9).distance(moves);
            for (int other = 0; other < 300; other++) {
                Array2DRowRealMatrix r = interval(random, n);
                if (new Correlation(r.getData()).leastEigenvalue() > 1e-6) {
                    ArrayRealVector vector = new ArrayRealVector(z);
                    double distance = new CholeskyDecomposition(r)
                            .getSolver()
                            .solve(vector)
                            .dotProduct(vector);
                    assertTrue(
                            found <= distance * (1 + 1e-9),
                            "seed 19, trial " + trial + ": " + found + " > " + distance);
                }
            }
        }
    }

    @Test
    void shouldFindALeastDistanceOfThreeAssetsBelowAFineGrid() {
        SplittableRandom random = new SplittableRandom(29);
        for (int trial = 0; trial < 20; trial++) {
            double[] z = new double[3];
            double[] moves = new double[3];
            for (int i = 0; i < 3; i++) {
                z[i] = 6 * random.nextDouble() - 3;
                moves[i] = StrictMath.expm1(0.05 * z[i]);
            }
            double least = leastOfGrid(z);
            double found = new Plausibility(new double[] {0.05, 0.05, 0.05}, 0.2, 0.9).distance(moves);
            assertTrue(found <= least * (1 + 1e-6), "seed 29, trial " + trial + ": " + found + " > " + least);
            assertTrue(found >= 0.9 * least, "seed 29, trial " + trial + ": " + found + " < " + least);
        }
    }

    /** D² by the adjugate over all correlations in steps of 0.0175 that leave the matrix well conditioned. */
    private static double leastOfGrid(double[] z) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i <= 40; i++) {
            for (int j = 0; j <= 40; j++) {
                for (int k = 0; k <= 40; k++) {
                    double a = 0.2 + 0.0175 * i;
                    double b = 0.2 + 0.0175 * j;
                    double c = 0.2 + 0.0175 * k;
                    double determinant = 1 + 2 * a * b * c - a * a - b * b - c * c;
                    if (determinant > 1e-3) {
                        double adjugate = z[0] * z[0] * (1 - c * c)
                                + z[1] * z[1] * (1 - b * b)
                                + z[2] * z[2] * (1 - a * a)
                                + 2 * z[0] * z[1] * (b * c - a)
                                + 2 * z[0] * z[2] * (a * c - b)
                                + 2 * z[1] * z[2] * (a * b - c);
                        least = Math.min(least, adjugate / determinant);
                    }
                }
            }
        }
        return least;
    }

    private static Array2DRowRealMatrix interval(SplittableRandom random, int n) {
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            r[i][i] = 1;
            for (int j = 0; j < i; j++) {
                r[i][j] = 0.2 + 0.7 * random.nextDouble();
                r[j][i] = r[i][j];
            }
        }
        return new Array2DRowRealMatrix(r);
    }

    @Test
    void shouldAgreeWithTheRuleOfAPairWhereTheThirdAssetSaysNothing() {
        double pair = PAIR.distance(new double[] {-0.388, -0.43});
        Plausibility three = new Plausibility(new double[] {0.0616, 0.0886, 0.1}, 0.2, 0.9);
        assertTrue(
                three.distance(new double[] {-0.388, -0.43, -0.5}) >= pair * (1 - 1e-9),
                "a third move never makes two more plausible");
    }

    @Test
    void shouldRefuseWhatIsNoMove() {
        assertThrows(IllegalArgumentException.class, () -> PAIR.distance(new double[] {-1, 0}));
        assertThrows(IllegalArgumentException.class, () -> PAIR.distance(new double[] {0.1}));
        assertThrows(IllegalArgumentException.class, () -> PAIR.distance(new double[] {0.1, 0.1}, 1));
        assertThrows(IllegalArgumentException.class, () -> new Plausibility(new double[] {0.1, 0}, 0.2, 0.9));
        assertThrows(IllegalArgumentException.class, () -> new Plausibility(new double[] {0.1, 0.1}, 0.9, 0.2));
        assertThrows(IllegalArgumentException.class, () -> Plausibility.greatest(2, 2, 10));
    }

    /** Whether a joint move is no further out than what the governed law passes once in the governed number of years. */
    private static boolean accepts(Plausibility law, double[] moves) {
        return law.distance(moves) <= Plausibility.greatest(moves.length, ParameterSet.founding());
    }
}
