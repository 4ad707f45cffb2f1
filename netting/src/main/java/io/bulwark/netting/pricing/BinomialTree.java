package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;

/**
 * American options on a recombining tree of the price: portable arithmetic alone, so that a risk table may use it.
 *
 * <p>{@link #coxRossRubinstein} is the tree of J. C. Cox, S. A. Ross and M. Rubinstein, Option pricing: a simplified approach,
 * Journal of Financial Economics 7 (1979). {@link #extrapolated} grows the nodes with the forward, so that probabilities stay
 * between 0 and 1 at any volatility, takes Black's formula for the last step and extrapolates two step numbers (BBSR: M. Broadie
 * and J. Detemple, Review of Financial Studies 9 (1996)); {@link BinomialLanes} does it for several rows at once.
 */
public final class BinomialTree {
    private BinomialTree() {}

    /**
     * What time does to prices until expiry.
     *
     * @param growth forward over spot, e^((r−q)T), &gt; 0
     * @param discount value now of one unit at expiry, e^(−rT), &gt; 0
     */
    public record Carry(double growth, double discount) {
        /** Checks the ranges; throws {@link IllegalArgumentException} naming field, value and rule. */
        public Carry {
            Ranges.requirePositive("growth", growth);
            Ranges.requirePositive("discount", discount);
        }

        /** Of continuous rates. */
        public static Carry of(double rate, double dividendYield, double years) {
            return new Carry(Exponential.exp((rate - dividendYield) * years), Exponential.exp(-rate * years));
        }

        /** The same carry in equal steps. */
        Carry step(int steps) {
            return new Carry(
                    Exponential.exp(StrictMath.log(growth) / steps), Exponential.exp(StrictMath.log(discount) / steps));
        }
    }

    /**
     * The mean of the trees of {@code steps} and {@code steps + 1} steps: their errors alternate.
     *
     * @param option the option's terms
     * @param steps ≥ 1
     */
    public static double averaged(BlackScholesMerton option, int steps) {
        return (coxRossRubinstein(option, steps) + coxRossRubinstein(option, steps + 1)) / 2;
    }

    /**
     * Price on the tree of Cox, Ross and Rubinstein.
     *
     * @throws IllegalArgumentException if the step is so long that a probability leaves 0…1: the steps must exceed
     *     ((r − q)/σ)²·T
     */
    public static double coxRossRubinstein(BlackScholesMerton option, int steps) {
        Ranges.requirePositive("steps", steps);
        double step = option.years() / steps;
        double deviation = option.volatility() * Math.sqrt(step);
        double up = Exponential.exp(deviation);
        double growth = Exponential.exp((option.rate() - option.dividendYield()) * step);
        double probability = deviation > 0 ? (growth - 1 / up) / (up - 1 / up) : 0.5;
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("steps must be > ((r - q)/volatility)^2 * years; have " + steps);
        }
        Nodes nodes = new Nodes(option.spot(), up, 1, steps);
        double[] values = new double[steps + 1];
        Payoff payoff = new Payoff(Black76.sign(option.right()), option.strike());
        for (int j = 0; j <= steps; j++) {
            values[j] = payoff.of(nodes.price(steps, j));
        }
        Induction induction = new Induction(probability, Exponential.exp(-option.rate() * step), payoff);
        return induction.back(values, nodes, steps);
    }

    /**
     * Twice the tree of {@code steps} less that of half as many, never below the European or the intrinsic value; within 2e-4 of the
     * strike from 128 steps on.
     *
     * @param right call or put
     * @param spot &gt; 0
     * @param strike &gt; 0
     * @param carry growth of the forward and discount to expiry
     * @param deviation volatility × √years ≥ 0
     * @param steps even, ≥ 4
     */
    public static double extrapolated(
            OptionRight right, double spot, double strike, Carry carry, double deviation, int steps) {
        requireSteps(steps);
        double fine = smoothed(right, spot, strike, carry.step(steps), deviation, steps);
        double coarse = smoothed(right, spot, strike, carry.step(steps / 2), deviation, steps / 2);
        return larger(fine + (fine - coarse), least(right, spot, strike, carry, deviation));
    }

    static void requireSteps(int steps) {
        if (steps < 4 || steps % 2 != 0) {
            throw new IllegalArgumentException("steps must be even and >= 4; have " + steps);
        }
    }

    /** What an American option is worth at least: its European twin, exercise now, nothing. */
    static double least(OptionRight right, double spot, double strike, Carry carry, double deviation) {
        double forward = spot * carry.growth();
        double european =
                carry.discount() * Black76.price(right, forward, strike, StrictMath.log(forward / strike), deviation);
        return larger(larger(european, Black76.sign(right) * (spot - strike)), 0);
    }

    /** The tree whose nodes grow with the forward, Black's formula in the last step. */
    private static double smoothed(
            OptionRight right, double spot, double strike, Carry step, double deviation, int steps) {
        double width = deviation / Math.sqrt(steps);
        double up = Exponential.exp(width);
        Nodes nodes = new Nodes(spot, up, step.growth(), steps);
        Payoff payoff = new Payoff(Black76.sign(right), strike);
        double[] values = new double[steps];
        double logNow = StrictMath.log(spot / strike) + steps * StrictMath.log(step.growth());
        for (int j = 0; j < steps; j++) {
            double now = nodes.price(steps - 1, j);
            double log = logNow + (2 * j - (steps - 1)) * width;
            double live = step.discount() * Black76.price(right, now * step.growth(), strike, log, width);
            values[j] = larger(live, payoff.of(now));
        }
        Induction induction = new Induction(1 / (1 + up), step.discount(), payoff);
        return induction.back(values, nodes, steps - 1);
    }

    static double larger(double value, double least) {
        return value > least ? value : least;
    }

    /** What exercise pays. */
    private record Payoff(int sign, double strike) {
        double of(double price) {
            return larger(sign * (price - strike), 0);
        }
    }

    /** The prices of the nodes: spot · driftⁱ · up^(2j−i). */
    private static final class Nodes {
        private final double[] powers;
        private final double[] drifts;
        private final int steps;

        Nodes(double spot, double up, double drift, int steps) {
            this.steps = steps;
            this.powers = new double[2 * steps + 1];
            this.drifts = new double[steps + 1];
            double down = 1 / up;
            powers[steps] = spot;
            drifts[0] = 1;
            for (int k = 1; k <= steps; k++) {
                powers[steps + k] = powers[steps + k - 1] * up;
                powers[steps - k] = powers[steps - k + 1] * down;
                drifts[k] = drifts[k - 1] * drift;
            }
        }

        double price(int step, int ups) {
            return drifts[step] * powers[steps + 2 * ups - step];
        }
    }

    /** Expectation and exercise, step by step back to now. */
    private record Induction(double probability, double discount, Payoff payoff) {
        double back(double[] values, Nodes nodes, int from) {
            double up = discount * probability;
            double down = discount * (1 - probability);
            for (int i = from - 1; i >= 0; i--) {
                for (int j = 0; j <= i; j++) {
                    double held = up * values[j + 1] + down * values[j];
                    values[j] = larger(held, payoff.of(nodes.price(i, j)));
                }
            }
            return values[0];
        }
    }
}
