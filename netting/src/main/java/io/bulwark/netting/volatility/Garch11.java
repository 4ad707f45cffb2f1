package io.bulwark.netting.volatility;

import java.util.Arrays;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * GARCH(1,1) with a constant mean: e_t = r_t − μ, h_t = ω + α·e²_{t−1} + β·h_{t−1}. T. Bollerslev, Generalized autoregressive conditional heteroskedasticity (1986).
 *
 * @param mu μ, mean return
 * @param omega ω, > 0
 * @param alpha α, ≥ 0
 * @param beta β, ≥ 0, α + β < 1
 */
public record Garch11(double mu, double omega, double alpha, double beta) {
    /** Fewer observations than this say nothing about four parameters. */
    private static final int OBSERVATIONS_LEAST = 50;

    private static final int EVALUATIONS_MAX = 200_000;
    private static final int RESTARTS_MAX = 40;
    /** A restart of the simplex that gains less log-likelihood than this has found nothing. */
    private static final double NO_GAIN = 1e-11;

    /** Where searches begin: α and β of a nervous, a usual and a slow market; μ is the mean return and ω follows from the variance. */
    private static final double[][] STARTS = {{0.2, 0.6}, {0.1, 0.8}, {0.05, 0.93}};

    /** Checks the bounds. */
    public Garch11 {
        if (!isVariance(omega, alpha, beta) || !Double.isFinite(mu)) {
            throw new IllegalArgumentException(
                    "GARCH(1,1) must have a finite mean, omega > 0, alpha and beta >= 0 and alpha + beta < 1; have "
                            + mu + ", " + omega + ", " + alpha + ", " + beta);
        }
    }

    private static boolean isVariance(double omega, double alpha, double beta) {
        return omega > 0 && omega < Double.POSITIVE_INFINITY && alpha >= 0 && beta >= 0 && alpha + beta < 1;
    }

    /** With mean 0 and the variance that it returns to in the long run, V: ω = (1 − α − β)·V. */
    public static Garch11 ofLongRunVariance(double variance, double alpha, double beta) {
        return new Garch11(0, (1 - alpha - beta) * variance, alpha, beta);
    }

    /**
     * The parameters of greatest Gaussian likelihood. The day before the first has e² = h = s, the mean of e² over the sample: the convention of G. Fiorentini, G. Calzolari
     * and L. Panattoni (1996), which benchmarks use.
     *
     * <p>Nelder and Mead's simplex on returns in units of their deviation, begun again where it ended until nothing is gained: no random number, the same result everywhere.
     *
     * @param returns at least 50, not all equal, in any unit
     */
    public static Garch11 fit(double[] returns) {
        if (returns.length < OBSERVATIONS_LEAST) {
            throw new IllegalArgumentException(
                    "GARCH(1,1) must have at least " + OBSERVATIONS_LEAST + " returns; have " + returns.length);
        }
        double mean = Arrays.stream(returns).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(returns)
                .map(r -> (r - mean) * (r - mean))
                .average()
                .orElseThrow());
        if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("returns must be finite and not all equal; have deviation " + deviation);
        }
        double[] scaled =
                Arrays.stream(returns).map(r -> (r - mean) / deviation).toArray();
        double[] best = {0, 1, 0, 0};
        for (double[] start : STARTS) {
            double[] found = search(scaled, new double[] {0, 1 - start[0] - start[1], start[0], start[1]});
            best = cost(scaled, found) < cost(scaled, best) ? found : best;
        }
        return new Garch11(mean + deviation * best[0], deviation * deviation * best[1], best[2], best[3]);
    }

    private static double[] search(double[] scaled, double[] start) {
        double[] at = start;
        double cost = cost(scaled, at);
        for (int restart = 0; restart < RESTARTS_MAX; restart++) {
            double[] next = simplex(scaled, at);
            double gain = cost - cost(scaled, next);
            at = gain > 0 ? next : at;
            cost -= Math.max(gain, 0);
            if (gain < NO_GAIN) {
                break;
            }
        }
        return at;
    }

    private static double[] simplex(double[] scaled, double[] start) {
        double[] steps = {0.02, 0.1 * start[1] + 1e-4, 0.02, -0.02};
        return new SimplexOptimizer(new SimpleValueChecker(0, 1e-13))
                .optimize(
                        new MaxEval(EVALUATIONS_MAX),
                        new ObjectiveFunction(at -> cost(scaled, at)),
                        GoalType.MINIMIZE,
                        new InitialGuess(start),
                        new NelderMeadSimplex(steps))
                .getPoint();
    }

    /** The negative log-likelihood; a great number where there is no variance, so that the simplex turns back. */
    private static double cost(double[] returns, double[] at) {
        return isVariance(at[1], at[2], at[3]) && Double.isFinite(at[0])
                ? -new Garch11(at[0], at[1], at[2], at[3]).logLikelihood(returns)
                : Double.MAX_VALUE;
    }

    /** Gaussian log-likelihood of returns, with e² = h = mean(e²) before the first. */
    public double logLikelihood(double[] returns) {
        double before = 0;
        for (double r : returns) {
            before += (r - mu) * (r - mu) / returns.length;
        }
        double square = before;
        double variance = before;
        double sum = 0;
        for (double r : returns) {
            variance = omega + alpha * square + beta * variance;
            square = (r - mu) * (r - mu);
            sum += StrictMath.log(2 * Math.PI * variance) + square / variance;
        }
        return -sum / 2;
    }

    /**
     * Conditional variances h₁ … h_n, each of the day after the return of the same place: h₀ = e₀², h_{t+1} = ω + α·e_t² + β·h_t.
     *
     * @param returns at least one
     */
    public double[] variances(double[] returns) {
        double[] variances = new double[returns.length];
        double variance = (returns[0] - mu) * (returns[0] - mu);
        for (int t = 0; t < returns.length; t++) {
            double e = returns[t] - mu;
            variance = omega + alpha * e * e + beta * variance;
            variances[t] = variance;
        }
        return variances;
    }
}
