package io.bulwark.conformance.margin;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.FastMath;

/**
 * Value at risk and expected shortfall of jointly normal losses, with Euler's shares: a closed form against which samplers are
 * checked. Source: McNeil, Frey, Embrechts, Quantitative Risk Management, 2nd ed., section 8.5.
 *
 * @param multiplier φ(z)/(1 − level), z the normal quantile
 * @param expectedShortfall of the sum
 * @param valueAtRisk of the sum
 * @param euler shares of the expected shortfall: μᵢ + multiplier·(Σ1)ᵢ/σ
 * @param eulerValueAtRisk shares of the value at risk: with z instead
 */
record GaussianShortfall(
        double multiplier,
        double expectedShortfall,
        double valueAtRisk,
        List<Double> euler,
        List<Double> eulerValueAtRisk) {
    GaussianShortfall {
        euler = List.copyOf(euler);
        eulerValueAtRisk = List.copyOf(eulerValueAtRisk);
    }

    /**
     * Computes the shares.
     *
     * @param level in (0, 1)
     * @param mean loss of each
     * @param covariance symmetric, the variance of the sum > 0
     */
    static GaussianShortfall of(double level, double[] mean, double[][] covariance) {
        double[] with = Arrays.stream(covariance)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double variance = Arrays.stream(with).sum();
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be in (0, 1); have " + level);
        }
        if (mean.length != covariance.length
                || Arrays.stream(covariance).anyMatch(row -> row.length != covariance.length)
                || !(variance > 0)) {
            throw new IllegalArgumentException(
                    "covariance must be square like mean with a variance of the sum > 0; have " + variance);
        }
        NormalDistribution normal = new NormalDistribution();
        double z = normal.inverseCumulativeProbability(level);
        double multiplier = normal.density(z) / (1 - level);
        double[] euler = shares(mean, with, multiplier / FastMath.sqrt(variance));
        double[] eulerVar = shares(mean, with, z / FastMath.sqrt(variance));
        return new GaussianShortfall(
                multiplier,
                Arrays.stream(euler).sum(),
                Arrays.stream(eulerVar).sum(),
                Arrays.stream(euler).boxed().toList(),
                Arrays.stream(eulerVar).boxed().toList());
    }

    private static double[] shares(double[] mean, double[] with, double factor) {
        double[] shares = new double[mean.length];
        Arrays.setAll(shares, i -> mean[i] + factor * with[i]);
        return shares;
    }
}
