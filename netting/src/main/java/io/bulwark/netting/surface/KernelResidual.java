package io.bulwark.netting.surface;

import io.bulwark.netting.pricing.Exponential;
import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * What quotes say beyond a fitted surface, learned in closed form: Gaussian-process (kernel ridge) regression of the volatility's
 * error on two features, standardised moneyness z = k/√w(0, T) and the logarithm of days to expiry (Rasmussen and Williams 2006,
 * algorithm 2.1). Far from every quote it is 0, so the wings and unquoted times stay the fitted surface's.
 *
 * <p>{@code r(z, t) = Σ weightᵢ · amplitude² · exp(−½((z − zᵢ)²/moneynessWidth² + (t − tᵢ)²/timeWidth²))}
 *
 * @param amplitude standard deviation of the residual before seeing a quote, volatility
 * @param moneynessWidth in z
 * @param timeWidth in ln days
 * @param moneyness zᵢ of the quotes trained on
 * @param time tᵢ
 * @param weights one a quote
 * @param leftOut root mean square error of each quote predicted from all others, volatility
 * @param before the same of no residual at all
 */
record KernelResidual(
        double amplitude,
        double moneynessWidth,
        double timeWidth,
        double[] moneyness,
        double[] time,
        double[] weights,
        double leftOut,
        double before) {
    private static final double[] AMPLITUDES = {0.01, 0.03};
    private static final double[] MONEYNESS_WIDTHS = {0.75, 1.5, 3};
    private static final double[] TIME_WIDTHS = {0.4, 1.2};
    private static final double DAYS = 365;

    /** Trains on points; of all settings of the kernel the one that predicts left-out quotes best. */
    static KernelResidual train(VolatilitySurface base, List<SurfacePoint> points) {
        KernelResidual best = null;
        for (double amplitude : AMPLITUDES) {
            for (double moneynessWidth : MONEYNESS_WIDTHS) {
                for (double timeWidth : TIME_WIDTHS) {
                    KernelResidual trained = train(base, points, amplitude, moneynessWidth, timeWidth);
                    best = best == null || trained.leftOut < best.leftOut ? trained : best;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("there must be a setting");
        }
        return best;
    }

    private static KernelResidual train(
            VolatilitySurface base,
            List<SurfacePoint> points,
            double amplitude,
            double moneynessWidth,
            double timeWidth) {
        int count = points.size();
        double[] z = points.stream()
                .mapToDouble(p -> moneyness(base, p.logStrike(), p.years()))
                .toArray();
        double[] t = points.stream().mapToDouble(p -> time(p.years())).toArray();
        double[] errors = points.stream()
                .mapToDouble(p -> p.volatility() - base.volatility(p.logStrike(), p.years()))
                .toArray();
        KernelResidual kernel = new KernelResidual(amplitude, moneynessWidth, timeWidth, z, t, new double[count], 0, 0);
        RealMatrix covariance = new Array2DRowRealMatrix(count, count);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                covariance.setEntry(i, j, kernel.covariance(z[i] - z[j], t[i] - t[j]));
            }
            double noise = Math.max(points.get(i).uncertainty(), EssviFit.KNOWN);
            covariance.addToEntry(i, i, noise * noise);
        }
        RealMatrix inverse = new CholeskyDecomposition(covariance).getSolver().getInverse();
        double[] weights = inverse.operate(new ArrayRealVector(errors)).toArray();
        double leftOut = 0;
        double before = 0;
        for (int i = 0; i < count; i++) {
            double error = weights[i] / inverse.getEntry(i, i);
            leftOut += error * error / count;
            before += errors[i] * errors[i] / count;
        }
        return new KernelResidual(
                amplitude, moneynessWidth, timeWidth, z, t, weights, Math.sqrt(leftOut), Math.sqrt(before));
    }

    /** The residual at a place, volatility. */
    double at(VolatilitySurface base, double logStrike, double years) {
        double z = moneyness(base, logStrike, years);
        double t = time(years);
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * covariance(z - moneyness[i], t - time[i]);
        }
        return sum;
    }

    private double covariance(double moneynessDistance, double timeDistance) {
        double a = moneynessDistance / moneynessWidth;
        double b = timeDistance / timeWidth;
        return amplitude * amplitude * Exponential.exp(-0.5 * (a * a + b * b));
    }

    private static double moneyness(VolatilitySurface base, double logStrike, double years) {
        return logStrike / Math.sqrt(base.totalVariance(0, years));
    }

    private static double time(double years) {
        return StrictMath.log(years * DAYS);
    }
}
