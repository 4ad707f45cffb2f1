package io.bulwark.netting.pricing;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * The standard bivariate Student t distribution with a whole number of degrees of freedom: two normal variables with a
 * correlation over one common √(χ²/ν).
 *
 * <p>Method: C. W. Dunnett and M. Sobel, A bivariate generalization of Student's t-distribution, Biometrika 41 (1954), pages
 * 153–169: finite sums of ν/2 terms, in the form of A. Genz, Statistics and Computing 14 (2004), section 3. Absolute error
 * below 1e-13 up to 10⁴ degrees; the marginal law comes from Hipparchus.
 *
 * @param degrees ν ≥ 1
 * @param correlation ρ of the underlying normal variables, −1…1
 */
public record BivariateStudentT(int degrees, double correlation) {
    /** Checks the ranges. */
    public BivariateStudentT {
        if (degrees < 1) {
            throw new IllegalArgumentException("degrees must be >= 1; have " + degrees);
        }
        Ranges.requireCorrelation(correlation);
    }

    /**
     * P(X ≤ a, Y ≤ b).
     *
     * @param a limit of the first variable, finite
     * @param b limit of the second, finite
     */
    public double cumulative(double a, double b) {
        if (!Double.isFinite(a) || !Double.isFinite(b)) {
            throw new IllegalArgumentException("limits must be finite; have " + a + " and " + b);
        }
        if (correlation == 1) {
            return marginal(Math.min(a, b));
        }
        if (correlation == -1) {
            return Math.max(0, marginal(a) - marginal(-b));
        }
        Side first = new Side(a, b);
        Side second = new Side(b, a);
        double probability = degrees % 2 == 0 ? even(first, second) : odd(a, b, first, second);
        return Math.clamp(probability, 0.0, 1.0);
    }

    private double marginal(double x) {
        return new TDistribution(degrees).cumulativeProbability(x);
    }

    private double even(Side first, Side second) {
        double start = StrictMath.atan2(Math.sqrt(1 - correlation * correlation), -correlation) / (2 * StrictMath.PI);
        return start + first.even() + second.even();
    }

    private double odd(double a, double b, Side first, Side second) {
        double spread = 1 - correlation * correlation;
        double root = Math.sqrt(a * a + b * b - 2 * correlation * a * b + degrees * spread);
        double plus = a * b + correlation * degrees;
        double minus = a * b - degrees;
        double sum = a + b;
        double sine = -Math.sqrt(degrees) * (minus * root + sum * plus);
        double cosine = minus * plus - degrees * sum * root;
        double start = StrictMath.atan2(sine, cosine) / (2 * StrictMath.PI);
        return (start < -1e-15 ? start + 1 : start) + first.odd() + second.odd();
    }

    /** One of the two finite sums, that over the density of one variable and the conditional law of the other. */
    private final class Side {
        private final double limit;
        private final double shrink;
        private final double sign;
        private final double x;

        /** 1 − x, by itself: far out the difference would keep no digit. */
        private final double rest;

        Side(double limit, double other) {
            double distance = other - correlation * limit;
            double square = distance * distance;
            this.limit = limit;
            this.shrink = 1 + limit * limit / degrees;
            this.sign = distance < 0 ? -1 : 1;
            double free = (1 - correlation * correlation) * (degrees + limit * limit);
            this.x = square / (square + free);
            this.rest = free / (square + free);
        }

        double even() {
            double density = limit / Math.sqrt(16 * (degrees + limit * limit));
            double beta = 2 * StrictMath.atan2(Math.sqrt(x), Math.sqrt(rest)) / StrictMath.PI;
            double term = 2 * Math.sqrt(x * rest) / StrictMath.PI;
            double sum = 0;
            for (int j = 1; j <= degrees / 2; j++) {
                sum += density * (1 + sign * beta);
                beta += term;
                term *= 2 * j * rest / (2 * j + 1);
                density *= (2 * j - 1) / (2 * j * shrink);
            }
            return sum;
        }

        double odd() {
            double density = limit / (2 * StrictMath.PI * Math.sqrt(degrees) * shrink);
            double beta = Math.sqrt(x);
            double term = beta;
            double sum = 0;
            for (int j = 1; j <= (degrees - 1) / 2; j++) {
                sum += density * (1 + sign * beta);
                term *= (2 * j - 1) * rest / (2 * j);
                beta += term;
                density *= 2 * j / ((2 * j + 1) * shrink);
            }
            return sum;
        }
    }
}
