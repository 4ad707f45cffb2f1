package io.bulwark.netting.tail;

import io.bulwark.netting.tail.PeaksOverThreshold.GeneralisedPareto;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.hipparchus.util.FastMath;

/**
 * Generalised Pareto by maximum likelihood, with standard errors from the observed information (McNeil 1997; Smith 1987).
 *
 * @param law ξ and β
 * @param shapeError standard error of ξ
 * @param scaleError standard error of β
 * @param logLikelihood at the maximum
 */
public record ParetoLikelihood(GeneralisedPareto law, double shapeError, double scaleError, double logLikelihood) {
    /** Below this ξ the likelihood has no regular maximum, and standard errors mean nothing (Smith 1985). */
    private static final double SHAPE_MIN = -0.5;

    private static final int EXCESSES_MIN = 5;
    private static final double PRECISION = 1e-13;
    private static final double FIRST_STEP = 0.1;
    private static final int EVALUATIONS_MAX = 20_000;
    private static final int POLISHING_STEPS = 8;
    private static final double IMPOSSIBLE = 1e300;

    /**
     * Fits excesses over a threshold.
     *
     * @param excesses each &gt; 0, five or more
     * @throws IllegalArgumentException if the likelihood has no regular maximum
     */
    public static ParetoLikelihood fit(double[] excesses) {
        if (excesses.length < EXCESSES_MIN) {
            throw new IllegalArgumentException(
                    "a tail needs " + EXCESSES_MIN + " excesses or more; have " + excesses.length);
        }
        GeneralisedPareto law = polished(searched(excesses), excesses);
        if (law.shape() <= SHAPE_MIN) {
            throw new IllegalArgumentException(
                    "shape must be > " + SHAPE_MIN + " for a likelihood with a regular maximum; have " + law.shape());
        }
        Curvature at = Curvature.of(law, excesses);
        double determinant = at.determinant();
        return new ParetoLikelihood(
                law,
                FastMath.sqrt(at.scaleScale / determinant),
                FastMath.sqrt(at.shapeShape / determinant),
                logLikelihood(law, excesses));
    }

    /** By a simplex over (ξ, ln β) from the moments' estimate. */
    private static GeneralisedPareto searched(double[] excesses) {
        GeneralisedPareto start = WeightedMoments.fit(excesses);
        double shape = FastMath.max(start.shape(), 0);
        PointValuePair best = new SimplexOptimizer(PRECISION, PRECISION)
                .optimize(
                        new MaxEval(EVALUATIONS_MAX),
                        new ObjectiveFunction(point -> cost(point, excesses)),
                        GoalType.MINIMIZE,
                        new InitialGuess(new double[] {shape, FastMath.log(mean(excesses) * (1 - shape / 2))}),
                        new NelderMeadSimplex(2, FIRST_STEP));
        return law(best.getPoint());
    }

    private static GeneralisedPareto law(double[] point) {
        return new GeneralisedPareto(point[0], FastMath.exp(point[1]));
    }

    private static double cost(double[] point, double[] excesses) {
        double value = point[0] <= 2 * SHAPE_MIN ? Double.NEGATIVE_INFINITY : logLikelihood(law(point), excesses);
        return Double.isFinite(value) ? -value : IMPOSSIBLE;
    }

    private static double logLikelihood(GeneralisedPareto law, double[] excesses) {
        double sum = 0;
        for (double excess : excesses) {
            sum += law.logDensity(excess);
        }
        return sum;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Newton's steps to the last digit; a step that does not raise the likelihood ends them. */
    private static GeneralisedPareto polished(GeneralisedPareto start, double[] excesses) {
        GeneralisedPareto law = start;
        for (int step = 0; step < POLISHING_STEPS; step++) {
            Curvature at = Curvature.of(law, excesses);
            double shape = law.shape() + (at.scaleScale * at.shape - at.shapeScale * at.scale) / at.determinant();
            double scale = law.scale() + (at.shapeShape * at.scale - at.shapeScale * at.shape) / at.determinant();
            if (!(scale > 0) || !Double.isFinite(shape)) {
                return law;
            }
            GeneralisedPareto next = new GeneralisedPareto(shape, scale);
            if (!(logLikelihood(next, excesses) > logLikelihood(law, excesses))) {
                return law;
            }
            law = next;
        }
        return law;
    }

    /** Gradient of the log-likelihood, and the observed information: minus its second derivatives. */
    private static final class Curvature {
        /** About zero, below which series stand for quotients of small differences. */
        private static final double SMALL = 1e-4;

        private double shape;
        private double scale;
        private double shapeShape;
        private double shapeScale;
        private double scaleScale;

        static Curvature of(GeneralisedPareto law, double[] excesses) {
            Curvature sum = new Curvature();
            for (double excess : excesses) {
                sum.add(law.shape(), law.scale(), excess / law.scale());
            }
            return sum;
        }

        private double determinant() {
            return shapeShape * scaleScale - shapeScale * shapeScale;
        }

        /** One excess of y = ratio·β: with s = 1 + ξ·ratio, its log-likelihood is −ln β − (1 + 1/ξ)·ln s. */
        private void add(double xi, double beta, double ratio) {
            double s = 1 + xi * ratio;
            double q = ratio / s;
            shape += logOverSquare(xi, ratio, q) - q;
            scale += (-1 + (1 + xi) * q) / beta;
            shapeShape += curvature(xi, ratio, q) - q * q;
            shapeScale += (-q + (1 + xi) * q * q) / beta;
            scaleScale += (-1 + (1 + xi) * q * (1 + 1 / s)) / (beta * beta);
        }

        /** ln s/ξ² − q/ξ, by its series ratio²/2 − 2ξ·ratio³/3 about ξ = 0. */
        private static double logOverSquare(double xi, double ratio, double q) {
            return FastMath.abs(xi * (1 + ratio)) < SMALL
                    ? ratio * ratio * (0.5 - 2 * xi * ratio / 3)
                    : (FastMath.log1p(xi * ratio) / xi - q) / xi;
        }

        /** −∂/∂ξ of {@link #logOverSquare}: 2·ln s/ξ³ − 2q/ξ² − q²/ξ, by its series 2ratio³/3 − 3ξ·ratio⁴/2 about ξ = 0. */
        private static double curvature(double xi, double ratio, double q) {
            return FastMath.abs(xi * (1 + ratio)) < SMALL
                    ? ratio * ratio * ratio * (2.0 / 3 - 1.5 * xi * ratio)
                    : (2 * (FastMath.log1p(xi * ratio) / xi - q) / xi - q * q) / xi;
        }
    }
}
