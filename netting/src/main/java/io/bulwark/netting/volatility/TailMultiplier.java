package io.bulwark.netting.volatility;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/** How many standard deviations a price range spans. */
public sealed interface TailMultiplier {
    /** The multiplier for a kurtosis (3 is the normal law's). */
    double of(double kurtosis);

    /**
     * The same at every kurtosis.
     *
     * @param multiplier standard deviations, > 0
     */
    record Fixed(double multiplier) implements TailMultiplier {
        @Override
        public double of(double kurtosis) {
            return multiplier;
        }
    }

    /**
     * The quantile of the Student law that has this kurtosis, scaled to variance 1: for K ≤ 3 the normal quantile, else ν = 4 + 6/(K − 3) and t_ν⁻¹(p)·√((ν−2)/ν). At
     * p = 0.999 it lies in [3.09, 5.07]: the limit K → ∞ is ν = 4.
     *
     * @param confidence p, 0.5 to 1
     * @param least bound that governance may set
     * @param most bound that governance may set
     */
    record Student(double confidence, double least, double most) implements TailMultiplier {
        @Override
        public double of(double kurtosis) {
            return Math.clamp(quantile(kurtosis), least, most);
        }

        private double quantile(double kurtosis) {
            double freedom = freedom(kurtosis);
            return Double.isInfinite(freedom)
                    ? new NormalDistribution().inverseCumulativeProbability(confidence)
                    : new TDistribution(freedom).inverseCumulativeProbability(confidence)
                            * Math.sqrt((freedom - 2) / freedom);
        }
    }

    /** ν, the degrees of freedom of the Student law with this kurtosis: > 4; infinite for K ≤ 3, and where ν passes 10⁶, which no quantile can tell from the normal law. */
    static double freedom(double kurtosis) {
        double freedom = kurtosis <= 3 ? Double.POSITIVE_INFINITY : 4 + 6 / (kurtosis - 3);
        return freedom > 1e6 ? Double.POSITIVE_INFINITY : freedom;
    }
}
