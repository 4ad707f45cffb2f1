package io.bulwark.netting.correlation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CorrelationTest {
    private static final long SEED = 1_002;

    private static double[][] observations(SplittableRandom random, int assets, int days) {
        double[][] x = new double[assets][days];
        for (int t = 0; t < days; t++) {
            double common = random.nextDouble() - 0.5;
            for (int i = 0; i < assets; i++) {
                x[i][t] = common + random.nextDouble() - 0.5;
            }
        }
        return x;
    }

    private static double[][] symmetric(SplittableRandom random, int n) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = 1;
            for (int j = 0; j < i; j++) {
                a[i][j] = 2 * random.nextDouble() - 1;
                a[j][i] = a[i][j];
            }
        }
        return a;
    }

    private static double distance(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
            }
        }
        return Math.sqrt(sum);
    }

    /** CORR-001: three days, λ = 0.5: moments (1·1/4 + 4/2 + 1), (1/4 + 1/2 + 4) and (1/4 + 2/2 − 2), over the common weight. */
    @Test
    void shouldWeighTheNewestDayMost() {
        Correlation correlation = Correlation.ewma(new double[][] {{1, 2, -1}, {1, 1, 2}}, 0.5);
        assertEquals((0.25 + 1 - 2) / Math.sqrt((0.25 + 2 + 1) * (0.25 + 0.5 + 4)), correlation.at(0, 1), 1e-15);
    }

    @Test
    void shouldBeSymmetricDefiniteAndBlindToTheScaleOfAnAsset() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 200; trial++) {
            double[][] x = observations(random, 2 + random.nextInt(8), 3 + random.nextInt(300));
            Correlation correlation = Correlation.ewma(x, 0.97);
            assertTrue(correlation.isPositiveSemiDefinite(), "seed " + SEED + ", trial " + trial);
            x[0] = Arrays.stream(x[0]).map(v -> 8 * v).toArray();
            assertEquals(correlation, Correlation.ewma(x, 0.97));
        }
    }

    @Test
    void shouldMoveATenthTowardsTheMeanWhenShrunk() {
        double[][] matrix = {{1, 0.9, 0.3}, {0.9, 1, 0.6}, {0.3, 0.6, 1}};
        Correlation shrunk = new Correlation(matrix).shrunk(0.1);
        assertEquals(0.9 * 0.9 + 0.1 * 0.6, shrunk.at(0, 1), 1e-15);
        assertEquals(0.9 * 0.3 + 0.1 * 0.6, shrunk.at(2, 0), 1e-15);
        assertEquals(0.6, shrunk.mean(), 1e-15);
        assertEquals(1, shrunk.at(1, 1));
    }

    /** N. J. Higham (2002), section 4, and QuantLib's test of its matrix repair. */
    @Test
    void shouldGiveThePublishedNearestMatrices() {
        double[][] higham = Correlation.nearest(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 1, 1}})
                .matrix();
        assertArrayEquals(new double[] {1, 0.7606898534022837, 0.15729810613837608}, higham[0], 1e-12);
        double[][] four = Correlation.nearest(
                        new double[][] {{2, -1, 0, 0}, {-1, 2, -1, 0}, {0, -1, 2, -1}, {0, 0, -1, 2}})
                .matrix();
        assertArrayEquals(new double[] {1, -0.8084124981493, 0.19158750185069923, 0.10677504902551531}, four[0], 1e-12);
    }

    @Test
    void shouldRepairToACorrelationMatrixThatNoRandomOneBeats() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 60; trial++) {
            double[][] broken = symmetric(random, 3 + random.nextInt(5));
            Correlation repaired = Correlation.nearest(broken);
            assertTrue(repaired.leastEigenvalue() > -1e-9, "seed " + SEED + ", trial " + trial);
            double gap = distance(broken, repaired.matrix());
            for (int other = 0; other < 20; other++) {
                double[][] rival = Correlation.ewma(observations(random, broken.length, 40), 0.97)
                        .matrix();
                assertTrue(gap <= distance(broken, rival), "seed " + SEED + ", trial " + trial);
                // Nor one on the way to it: the set is convex and the nearest point is unique.
                assertTrue(gap < distance(broken, mixed(repaired.matrix(), rival, 0.01)));
            }
        }
    }

    private static double[][] mixed(double[][] a, double[][] b, double share) {
        double[][] mixed = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                mixed[i][j] = (1 - share) * a[i][j] + share * b[i][j];
            }
        }
        return mixed;
    }

    @Test
    void shouldRepairOnlyWhatIsBroken() {
        Correlation sound = new Correlation(new double[][] {{1, 0.5}, {0.5, 1}});
        assertSame(sound, sound.repaired());
        Correlation broken = new Correlation(new double[][] {{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}});
        assertFalse(broken.isPositiveSemiDefinite());
        assertTrue(broken.repaired().isPositiveSemiDefinite());
    }

    /** CORR-002: κ at the mean correlations .83, 0 and 1. */
    @Test
    void shouldLetAGroupBreakAwayByWhatItsCorrelationLeavesOpen() {
        assertEquals(250_994, Correlation.apart(0.83)); // 0.45 · √(1 − 0.6889) = 0.2509935
        assertEquals(450_000, Correlation.apart(0));
        assertEquals(150_000, Correlation.apart(1));
        assertEquals(Correlation.apart(0.5), Correlation.apart(-0.5));
    }

    @Test
    void shouldRefuseWhatIsNoCorrelation() {
        assertThrows(IllegalArgumentException.class, () -> new Correlation(new double[][] {{1, 0.5}, {0.4, 1}}));
        assertThrows(IllegalArgumentException.class, () -> new Correlation(new double[][] {{1, 2}, {2, 1}}));
        assertThrows(IllegalArgumentException.class, () -> new Correlation(new double[][] {{0.9}}));
        assertThrows(IllegalArgumentException.class, () -> Correlation.ewma(new double[][] {{1, 2}, {0, 0}}, 0.97));
        assertThrows(IllegalArgumentException.class, () -> Correlation.ewma(new double[][] {{1, 2}, {1}}, 0.97));
        assertThrows(IllegalArgumentException.class, () -> Correlation.nearest(new double[][] {{1, 2}, {3, 1}}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Correlation.nearest(new double[][] {{1, Double.NaN}, {Double.NaN, 1}}));
    }
}
