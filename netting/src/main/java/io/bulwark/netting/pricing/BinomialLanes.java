package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BinomialTree#extrapolated} for whole columns: one tree for as many rows as there are lanes, bit for bit the same.
 *
 * <p>Only a virtual machine that was started with the module {@code jdk.incubator.vector} may touch this class.
 */
public final class BinomialLanes {
    private static final VectorSpecies<Double> SPECIES = Black76Lanes.SPECIES;
    private static final int LANES = SPECIES.length();

    private BinomialLanes() {}

    /**
     * Prices of one option on one unit. All columns have the same length, a whole number of lanes.
     *
     * @param right call or put
     * @param spot per row, &gt; 0
     * @param strike &gt; 0
     * @param carry growth of the forward and discount to expiry
     * @param deviation volatility × √years per row, ≥ 0
     * @param steps even, ≥ 4
     * @param prices the result
     */
    public static void prices(
            OptionRight right,
            double[] spot,
            double strike,
            BinomialTree.Carry carry,
            double[] deviation,
            int steps,
            double[] prices) {
        BinomialTree.requireSteps(steps);
        Trees fine = new Trees(right, strike, carry.step(steps), steps);
        Trees coarse = new Trees(right, strike, carry.step(steps / 2), steps / 2);
        for (int row = 0; row < spot.length; row += LANES) {
            double[] from = new double[LANES];
            double[] width = new double[LANES];
            System.arraycopy(spot, row, from, 0, LANES);
            System.arraycopy(deviation, row, width, 0, LANES);
            double[] high = fine.values(from, width);
            double[] low = coarse.values(from, width);
            for (int lane = 0; lane < LANES; lane++) {
                double least = BinomialTree.least(right, from[lane], strike, carry, width[lane]);
                prices[row + lane] = BinomialTree.larger(high[lane] + (high[lane] - low[lane]), least);
            }
        }
    }

    /** Trees of one option, step and number of steps; every entry of a column stands for one node in all lanes. */
    private static final class Trees {
        private final OptionRight right;
        private final double sign;
        private final double strike;
        private final BinomialTree.Carry step;
        private final int steps;
        private final double logGrowth;
        private final double[] drifts;
        private final double[] powers;
        private final double[] values;
        private final double[] forwards;
        private final double[] logs;
        private final double[] widths;
        private final double[] seconds;

        Trees(OptionRight right, double strike, BinomialTree.Carry step, int steps) {
            this.right = right;
            this.sign = Black76.sign(right);
            this.strike = strike;
            this.step = step;
            this.steps = steps;
            this.logGrowth = steps * StrictMath.log(step.growth());
            this.drifts = new double[steps + 1];
            this.powers = new double[(2 * steps + 1) * LANES];
            this.values = new double[steps * LANES];
            this.forwards = new double[steps * LANES];
            this.logs = new double[steps * LANES];
            this.widths = new double[steps * LANES];
            this.seconds = new double[steps * LANES];
            drifts[0] = 1;
            for (int k = 1; k <= steps; k++) {
                drifts[k] = drifts[k - 1] * step.growth();
            }
        }

        double[] values(double[] spot, double[] deviation) {
            double[] up = new double[LANES];
            double[] width = new double[LANES];
            double[] logNow = new double[LANES];
            for (int lane = 0; lane < LANES; lane++) {
                width[lane] = deviation[lane] / Math.sqrt(steps);
                up[lane] = Exponential.exp(width[lane]);
                logNow[lane] = StrictMath.log(spot[lane] / strike) + logGrowth;
            }
            grow(spot, up);
            lastStep(width, logNow);
            back(up);
            double[] now = new double[LANES];
            System.arraycopy(values, 0, now, 0, LANES);
            return now;
        }

        /** Spot times every power of up. */
        private void grow(double[] spot, double[] up) {
            DoubleVector rise = at(up, 0);
            DoubleVector fall = all(1).div(rise);
            at(spot, 0).intoArray(powers, steps * LANES);
            for (int k = 1; k <= steps; k++) {
                at(powers, (steps + k - 1) * LANES).mul(rise).intoArray(powers, (steps + k) * LANES);
                at(powers, (steps - k + 1) * LANES).mul(fall).intoArray(powers, (steps - k) * LANES);
            }
        }

        /** Black's formula, or what exercise pays, one step before expiry. */
        private void lastStep(double[] width, double[] logNow) {
            for (int j = 0; j < steps; j++) {
                price(steps - 1, j).mul(step.growth()).intoArray(forwards, j * LANES);
                at(width, 0).mul(2 * j - (steps - 1)).add(at(logNow, 0)).intoArray(logs, j * LANES);
                at(width, 0).intoArray(widths, j * LANES);
            }
            Black76Lanes.prices(right, 1, forwards, strike, logs, widths, seconds, values);
            for (int j = 0; j < steps; j++) {
                DoubleVector live = at(values, j * LANES).mul(step.discount());
                larger(live, exercised(steps - 1, j)).intoArray(values, j * LANES);
            }
        }

        /** Expectation and exercise, step by step back to now. */
        private void back(double[] up) {
            DoubleVector probability = all(1).div(at(up, 0).add(1));
            DoubleVector high = probability.mul(step.discount());
            DoubleVector low = all(1).sub(probability).mul(step.discount());
            for (int i = steps - 2; i >= 0; i--) {
                back(i, high, low);
            }
        }

        private void back(int i, DoubleVector high, DoubleVector low) {
            DoubleVector drift = all(drifts[i]);
            int power = (steps - i) * LANES;
            for (int j = 0; j <= i * LANES; j += LANES) {
                DoubleVector held =
                        at(values, j + LANES).mul(high).add(at(values, j).mul(low));
                DoubleVector gain =
                        at(powers, power + 2 * j).mul(drift).sub(strike).mul(sign);
                DoubleVector paid = gain.max(0);
                held.blend(paid, held.compare(VectorOperators.LE, paid)).intoArray(values, j);
            }
        }

        private DoubleVector exercised(int i, int j) {
            return larger(price(i, j).sub(strike).mul(sign), all(0));
        }

        private DoubleVector price(int i, int j) {
            return at(powers, (steps + 2 * j - i) * LANES).mul(drifts[i]);
        }
    }

    private static DoubleVector larger(DoubleVector value, DoubleVector least) {
        return least.blend(value, value.compare(VectorOperators.GT, least));
    }

    private static DoubleVector at(double[] column, int i) {
        return DoubleVector.fromArray(SPECIES, column, i);
    }

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
