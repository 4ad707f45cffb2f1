package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.netting.SharedReference;
import java.util.List;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;

class BivariateDistributionTest {
    private static final List<Double> LIMITS = List.of(-3.2, -1.0, -0.3, 0.0, 0.7, 1.9);
    private static final List<Double> CORRELATIONS = List.of(-0.99, -0.93, -0.9, -0.4, 0.0, 0.2, 0.8, 0.95, 0.999);

    /** Genz's integral and a condition on the first variable, both to the last digits. */
    private static final double INTEGRAL_TOLERANCE = 1e-13;

    private static final GaussIntegratorFactory PANELS = new GaussIntegratorFactory();
    private static final double DIFFERENCE_TOLERANCE = 1e-8;

    @Test
    void shouldAgreeWithTheTablesOfDreznerAndOfDunnettAndSobel() {
        for (String[] row : rows("vectors/bivariate_normal_cdf.csv")) {
            double probability = BivariateNormal.cumulative(number(row[0]), number(row[1]), number(row[2]));
            assertEquals(number(row[3]), probability, 1e-6, String.join(",", row));
        }
        for (String[] row : rows("vectors/bivariate_student_t_cdf.csv")) {
            BivariateStudentT student = new BivariateStudentT((int) number(row[0]), number(row[1]));
            double probability = student.cumulative(number(row[2]), number(row[3]));
            assertEquals(number(row[4]), probability, number(row[5]), String.join(",", row));
        }
    }

    @Test
    void shouldIntegrateTheConditionalNormalLaw() {
        for (double rho : CORRELATIONS) {
            double root = Math.sqrt(1 - rho * rho);
            for (double a : LIMITS) {
                for (double b : LIMITS) {
                    double integral = integral(
                            a,
                            x -> NormalDistribution.density(x) * NormalDistribution.cumulative((b - rho * x) / root));
                    assertEquals(integral, BivariateNormal.cumulative(a, b, rho), INTEGRAL_TOLERANCE);
                }
            }
        }
    }

    @Test
    void shouldBeTheMarginalLawsAtTheEnds() {
        for (double a : LIMITS) {
            assertEquals(NormalDistribution.cumulative(Math.min(a, 0.4)), BivariateNormal.cumulative(a, 0.4, 1), 1e-16);
            double apart = Math.max(0, NormalDistribution.cumulative(a) - NormalDistribution.cumulative(-0.4));
            assertEquals(apart, BivariateNormal.cumulative(a, 0.4, -1), 1e-16);
            assertEquals(
                    NormalDistribution.cumulative(a), BivariateNormal.cumulative(a, Double.POSITIVE_INFINITY, 0.6), 0);
            assertEquals(0, BivariateNormal.cumulative(a, Double.NEGATIVE_INFINITY, 0.6), 0);
            double t = new TDistribution(4).cumulativeProbability(a);
            assertEquals(t, new BivariateStudentT(4, 0.3).cumulative(a, 1e9), 1e-14);
            assertEquals(Math.min(t, 0.5), new BivariateStudentT(4, 1).cumulative(a, 0), 1e-14);
        }
    }

    @Test
    void shouldBeSheppardsAngleAtTheCentre() {
        for (double rho : CORRELATIONS) {
            double angle = 0.25 + StrictMath.asin(rho) / (2 * StrictMath.PI);
            assertEquals(angle, BivariateNormal.cumulative(0, 0, rho), 1e-15);
            assertEquals(angle, new BivariateStudentT(3, rho).cumulative(0, 0), 1e-14);
            assertEquals(angle, new BivariateStudentT(8, rho).cumulative(0, 0), 1e-14);
        }
    }

    /** The slope by correlation is Plackett's density, for t with its heavier power: no part of the sums says so. */
    @Test
    void shouldRiseWithTheCorrelationByTheDensity() {
        for (int degrees : new int[] {1, 2, 5, 12, 301}) {
            for (double rho : new double[] {-0.8, -0.2, 0.5, 0.9}) {
                double up = new BivariateStudentT(degrees, rho + 1e-5).cumulative(0.7, -1.1);
                double down = new BivariateStudentT(degrees, rho - 1e-5).cumulative(0.7, -1.1);
                double spread = 1 - rho * rho;
                double form = (0.49 + 1.21 + 2 * rho * 0.77) / (degrees * spread);
                double density = StrictMath.pow(1 + form, -degrees / 2.0) / (2 * StrictMath.PI * Math.sqrt(spread));
                assertEquals(density, (up - down) / 2e-5, DIFFERENCE_TOLERANCE, degrees + " degrees at " + rho);
            }
        }
    }

    @Test
    void shouldApproachTheNormalLawWithManyDegrees() {
        double normal = BivariateNormal.cumulative(0.7, -1.1, 0.4);
        assertEquals(normal, new BivariateStudentT(1_000_000, 0.4).cumulative(0.7, -1.1), 1e-6);
        assertEquals(normal, new BivariateStudentT(1_000_001, 0.4).cumulative(0.7, -1.1), 1e-6);
    }

    @Test
    void shouldRefuseWhatIsNoProbability() {
        assertThrows(IllegalArgumentException.class, () -> BivariateNormal.cumulative(Double.NaN, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> BivariateNormal.cumulative(0, 0, 1.01));
        assertThrows(IllegalArgumentException.class, () -> new BivariateStudentT(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BivariateStudentT(3, Double.NaN));
    }

    /** ∫ from −9 to a by panels. */
    private static double integral(double a, org.hipparchus.analysis.UnivariateFunction f) {
        double sum = 0;
        int panels = 150;
        double width = (a + 9) / panels;
        for (int i = 0; i < panels; i++) {
            double low = -9 + i * width;
            sum += PANELS.legendre(16, low, low + width).integrate(f);
        }
        return sum;
    }

    private static List<String[]> rows(String file) {
        return SharedReference.read(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
