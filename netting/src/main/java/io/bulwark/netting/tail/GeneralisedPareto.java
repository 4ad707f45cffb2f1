package io.bulwark.netting.tail;

import org.hipparchus.util.FastMath;

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

    /** P(Y &gt; excess), 1 at or below zero. */
    public double survival(double excess) {
        if (excess <= 0) {
            return 1;
        }
        if (FastMath.abs(shape) < EXPONENTIAL) {
            return FastMath.exp(-excess / scale);
        }
        double base = 1 + shape * excess / scale;
        return base <= 0 ? 0 : FastMath.exp(-FastMath.log(base) / shape);
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
