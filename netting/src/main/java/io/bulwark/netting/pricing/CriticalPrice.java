package io.bulwark.netting.pricing;

/**
 * What decides where an American put of strike 1 is exercised: its carry, its deviation and Li's QD+ equation for the critical
 * price at one time left.
 *
 * @param rate r; with a yield of the same sign as {@link #isSingle} says
 * @param yield q
 * @param volatility σ &gt; 0
 * @param years T &gt; 0
 */
record CriticalPrice(double rate, double yield, double volatility, double years) {
    private static final int HALVINGS = 100;

    /** Below this rate × time, r/(1 − e^(−rτ)) is taken from its series. */
    private static final double SERIES = 1e-5;

    /** Whether some early exercise pays, and below one boundary only (Andersen and Lake 2021, table 2). */
    static boolean isSingle(double rate, double yield) {
        return rate > 0 || (rate == 0 && yield < 0);
    }

    /** Whether early exercise pays between two boundaries. */
    static boolean isDouble(double rate, double yield) {
        return rate < 0 && yield < rate;
    }

    /** X, the boundary's limit at expiry: below it interest on the strike exceeds the yield given up. */
    double limit() {
        return yield > 0 ? Math.min(1, rate / yield) : 1;
    }

    /** σ√τ. */
    double deviation(double time) {
        return volatility * Math.sqrt(time);
    }

    /** d₊ of a time and the logarithm of a price ratio. */
    double upper(double time, double log) {
        return (log + (rate - yield) * time) / deviation(time) + deviation(time) / 2;
    }

    /** What exercise below a boundary gains a year, seen from a time before it; d is d₊ of the price over the boundary. */
    double flow(double spot, double passed, double d) {
        return rate * Exponential.exp(-rate * passed) * NormalDistribution.cumulative(deviation(passed) - d)
                - yield * spot * Exponential.exp(-yield * passed) * NormalDistribution.cumulative(-d);
    }

    /** The QD+ critical price at a time left, by bisection below the limit. */
    double approximate(double left) {
        if (left == 0) {
            return limit();
        }
        Equation equation = new Equation(left);
        double high = limit();
        double low = 0;
        if (equation.at(high) < 0) {
            return high;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (equation.at(middle) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** Li's equation (his λ, α, β and the high contact condition); its left side rises through 0 at the critical price. */
    private final class Equation {
        private final double left;
        private final double rateFactor;
        private final double yieldFactor;
        private final double alpha;
        private final double beta;

        Equation(double left) {
            this.left = left;
            this.rateFactor = Exponential.exp(-rate * left);
            this.yieldFactor = Exponential.exp(-yield * left);
            double variance = volatility * volatility;
            double interest = interest(rate * left) / left;
            double omega = 2 * (rate - yield) / variance - 1;
            double root = Math.sqrt(omega * omega + 8 * interest / variance);
            double lambda = -(omega + root) / 2;
            double lambdaSlope = 2 * interest * interest / (variance * root);
            this.alpha = -2 * rateFactor / (variance * root);
            this.beta = alpha * (interest - lambdaSlope / root) - lambda;
        }

        double at(double price) {
            double d = upper(left, StrictMath.log(price));
            double above = NormalDistribution.cumulative(deviation(left) - d);
            double below = yieldFactor * NormalDistribution.cumulative(-d);
            double european = rateFactor * above - price * below;
            double decay = volatility * price * yieldFactor * NormalDistribution.density(d) / (2 * Math.sqrt(left));
            double theta = rate * rateFactor * above - yield * price * below - decay;
            return (1 - below) * price - beta * (1 - price - european) + alpha * theta / rateFactor;
        }

        /** x/(1 − e^(−x)). */
        private static double interest(double x) {
            return Math.abs(x) > SERIES ? x / (1 - Exponential.exp(-x)) : 1 / (1 - 0.5 * x * (1 - x / 3));
        }
    }
}
