package io.bulwark.netting.surface;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/** What a least-squares fit makes small, and the fit: Levenberg–Marquardt with slopes by differences. */
@FunctionalInterface
interface Residuals {
    double STEP = 1e-6;
    double GAIN_LEAST = 1e-5;
    int ITERATIONS_MAX = 100;
    int EVALUATIONS_MAX = 10_000;

    /** A residual larger than this pulls with constant force only (Huber). */
    double HUBER = 2;

    /** The residuals at a point of the coordinates; always as many. */
    double[] at(double[] coordinates);

    /** A residual bent so that its square is Huber's loss. */
    static double bent(double residual) {
        double size = Math.abs(residual);
        return size <= HUBER ? residual : Math.signum(residual) * Math.sqrt(HUBER * (2 * size - HUBER));
    }

    /** Sum of squares at a point. */
    default double cost(double[] coordinates) {
        double sum = 0;
        for (double value : at(coordinates)) {
            sum += value * value;
        }
        return sum;
    }

    /** The best point found from a start, never worse than the start. */
    default double[] optimum(double[] start) {
        LeastSquaresProblem problem = new LeastSquaresBuilder()
                .start(start)
                .model(point -> valueAndSlopes(point.toArray()))
                .target(new double[at(start).length])
                .maxEvaluations(EVALUATIONS_MAX)
                .maxIterations(ITERATIONS_MAX)
                .checker((iteration, previous, current) -> iteration >= ITERATIONS_MAX - 1
                        || previous.getCost() - current.getCost() < GAIN_LEAST * current.getCost())
                .build();
        double[] found =
                new LevenbergMarquardtOptimizer().optimize(problem).getPoint().toArray();
        return cost(found) <= cost(start) ? found : start;
    }

    private Pair<RealVector, RealMatrix> valueAndSlopes(double[] point) {
        double[] value = at(point);
        RealMatrix slopes = new Array2DRowRealMatrix(value.length, point.length);
        double[] moved = point.clone();
        for (int column = 0; column < point.length; column++) {
            moved[column] = point[column] + STEP;
            double[] above = at(moved);
            moved[column] = point[column];
            for (int row = 0; row < value.length; row++) {
                slopes.setEntry(row, column, (above[row] - value[row]) / STEP);
            }
        }
        return new Pair<>(new ArrayRealVector(value, false), slopes);
    }
}
