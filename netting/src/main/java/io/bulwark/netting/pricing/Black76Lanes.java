package io.bulwark.netting.pricing;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Black76} for whole columns, several rows at once and bit for bit the same: every lane does the plain kernel's
 * operations in the plain kernel's order.
 *
 * <p>Only a virtual machine that was started with the module {@code jdk.incubator.vector} may touch this class.
 */
public final class Black76Lanes {
    /** At most eight lanes, whatever the processor offers: columns are padded to multiples of eight. */
    public static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() <= 8 ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_512;

    private Black76Lanes() {}

    /**
     * Prices of one option on one unit. All columns have the same length, a whole number of lanes.
     *
     * @param right call or put
     * @param spot price now, &gt; 0
     * @param factor forward price over spot, ≥ 0
     * @param strike K &gt; 0
     * @param logMoneyness ln(F/K); used up
     * @param deviation volatility × √years ≥ 0; at 0 the price is the intrinsic value
     * @param second a column to work in
     * @param prices the result
     */
    public static void prices(
            OptionRight right,
            double spot,
            double[] factor,
            double strike,
            double[] logMoneyness,
            double[] deviation,
            double[] second,
            double[] prices) {
        double sign = Black76.sign(right);
        arguments(sign, deviation, logMoneyness, second);
        NormalLanes.gauss(logMoneyness, prices);
        NormalLanes.tailRatio(logMoneyness);
        NormalLanes.tailRatio(second);
        value(sign, spot, factor, strike, deviation, logMoneyness, second, prices);
    }

    /** From ln(F/K) to d₁ and d₂, with the sign of the right. */
    private static void arguments(double sign, double[] deviation, double[] first, double[] second) {
        for (int i = 0; i < first.length; i += SPECIES.length()) {
            DoubleVector width = at(deviation, i);
            DoubleVector d1 = at(first, i).div(width).add(width.mul(0.5));
            d1.mul(sign).intoArray(first, i);
            d1.sub(width).mul(sign).intoArray(second, i);
        }
    }

    /** From tail ratios, signed as {@link NormalLanes#tailRatio} leaves them, and the bell curve at d₁ to prices. */
    private static void value(
            double sign,
            double spot,
            double[] factor,
            double strike,
            double[] deviation,
            double[] first,
            double[] second,
            double[] prices) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        for (int i = 0; i < prices.length; i += SPECIES.length()) {
            DoubleVector forward = at(factor, i).mul(spot);
            DoubleVector bell = at(prices, i).mul(forward);
            DoubleVector above = at(first, i);
            DoubleVector below = at(second, i);
            DoubleVector owned =
                    zero.blend(forward, above.compare(VectorOperators.LT, 0)).add(bell.mul(above));
            DoubleVector owed =
                    zero.blend(strike, below.compare(VectorOperators.LT, 0)).add(bell.mul(below));
            DoubleVector live = owned.sub(owed).mul(sign);
            DoubleVector intrinsic = forward.sub(strike).mul(sign);
            DoubleVector price = intrinsic.blend(live, at(deviation, i).compare(VectorOperators.GT, 0));
            zero.blend(price, price.compare(VectorOperators.GT, 0)).intoArray(prices, i);
        }
    }

    private static DoubleVector at(double[] column, int i) {
        return DoubleVector.fromArray(SPECIES, column, i);
    }
}
