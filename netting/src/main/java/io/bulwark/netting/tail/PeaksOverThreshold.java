package io.bulwark.netting.tail;

import java.util.Arrays;
import org.hipparchus.util.FastMath;

/**
 * The tail of a sample beyond a threshold: how much of the sample lies there, and the law of what does.
 *
 * @param threshold u, in the unit of the data
 * @param sampleSize n
 * @param exceedances N_u, observations &gt; u
 * @param law of the excesses x − u
 */
public record PeaksOverThreshold(double threshold, int sampleSize, int exceedances, GeneralisedPareto law) {
    /** Checks the counts. */
    public PeaksOverThreshold {
        if (exceedances < 1 || sampleSize < exceedances) {
            throw new IllegalArgumentException(
                    "exceedances must be 1 to " + sampleSize + " of the sample; have " + exceedances);
        }
    }

    /** What lies above the threshold, less the threshold, in the order of the sample. */
    public static double[] excesses(double[] sample, double threshold) {
        return Arrays.stream(sample)
                .filter(x -> x > threshold)
                .map(x -> x - threshold)
                .toArray();
    }

    /** N_u / n: the share of the sample beyond the threshold. */
    public double share() {
        return (double) exceedances / sampleSize;
    }

    /**
     * The value that is surpassed with probability 1 − level: u + β/ξ((n/N_u·(1 − level))^−ξ − 1).
     *
     * @param level in (0, 1)
     */
    public double valueAtRisk(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("level must be > 0 and < 1; have " + level);
        }
        return threshold + law.excess((1 - level) / share());
    }

    /** The mean of what lies beyond the value at risk: VaR/(1 − ξ) + (β − ξu)/(1 − ξ); infinite for ξ ≥ 1. */
    public double expectedShortfall(double level) {
        double value = valueAtRisk(level);
        return law.shape() >= 1 ? Double.POSITIVE_INFINITY : value + law.meanBeyond(value - threshold);
    }

    /**
     * The generalised Pareto law of excesses over a high threshold: P(Y &gt; y) = (1 + ξy/β)^(−1/ξ), the exponential law at ξ = 0
     * (Pickands 1975; McNeil, Frey, Embrechts, Quantitative Risk Management, section 5.2).
     *
     * @param shape ξ: &gt; 0 heavy tail, 0 exponential, &lt; 0 a largest possible excess
     * @param scale β &gt; 0, in the unit of the data
     */
    public record GeneralisedPareto(double shape, double scale) {
        /** Closer to zero than this the law is the exponential one to the last digit. */
        private static final double EXPONENTIAL = 1e-9;

        /** Checks the parameters. */
        public GeneralisedPareto {
            if (!(scale > 0) || Double.isInfinite(scale) || !Double.isFinite(shape)) {
                throw new IllegalArgumentException(
                        "scale must be > 0 and shape finite; have scale " + scale + ", shape " + shape);
            }
        }

        /**
         * The excess that is surpassed with a probability; above 1 the formula goes on inward, below the threshold.
         *
         * @param survival &gt; 0
         */
        public double excess(double survival) {
            if (!(survival > 0)) {
                throw new IllegalArgumentException("survival must be > 0; have " + survival);
            }
            double log = FastMath.log(survival);
            return FastMath.abs(shape) < EXPONENTIAL ? -scale * log : scale * FastMath.expm1(-shape * log) / shape;
        }

        /**
         * E[Y − excess | Y &gt; excess].
         *
         * @throws IllegalStateException if ξ ≥ 1, where the mean is infinite
         */
        public double meanBeyond(double excess) {
            if (shape >= 1) {
                throw new IllegalStateException("mean of the tail is finite only for shape < 1; have " + shape);
            }
            return (scale + shape * excess) / (1 - shape);
        }

        /** ln of the density; −∞ where an excess is impossible. */
        double logDensity(double excess) {
            double ratio = excess / scale;
            if (FastMath.abs(shape) < EXPONENTIAL) {
                return -FastMath.log(scale) - ratio;
            }
            double base = 1 + shape * ratio;
            return base <= 0
                    ? Double.NEGATIVE_INFINITY
                    : -FastMath.log(scale) - (1 + 1 / shape) * FastMath.log1p(shape * ratio);
        }
    }
}
