package io.bulwark.netting.liquidity;

import io.bulwark.clearing.money.Rounding;
import java.math.BigInteger;

/**
 * The square-root law of market impact: trading a quantity q moves the price by 2 %·√(q/D), where D is the depth within 2 % of
 * mid; the average cost is two thirds of that (margin formula, section 1.8; the law: Tóth et al. 2011, Almgren et al. 2005).
 */
final class SquareRootImpact {
    /** (⅔·20 000)² = 1.6·10⁹/9, in ppm². */
    private static final BigInteger SQUARED_COST = BigInteger.valueOf(1_600_000_000);

    private static final BigInteger NINE_MILLION = BigInteger.valueOf(9 * Rounding.PPM);

    private SquareRootImpact() {}

    /**
     * min(most, ⅔·2 %·√(share·interest/depth)), ppm, rounded up. It never falls when the interest rises or the depth falls.
     *
     * @param interest one side of the open interest, ≥ 0
     * @param depth D in the same unit, &gt; 0
     * @param share β, ppm
     * @param most ppm
     */
    public static long average(long interest, long depth, long share, long most) {
        ObservationRules.notNegative(interest, "interest", "an impact");
        ObservationRules.positive(depth, "depth", "an impact");
        BigInteger over = SQUARED_COST.multiply(BigInteger.valueOf(share)).multiply(BigInteger.valueOf(interest));
        BigInteger under = NINE_MILLION.multiply(BigInteger.valueOf(depth));
        return root(Rounding.cdiv(over, under)).min(BigInteger.valueOf(most)).longValueExact();
    }

    /** ⌈√x⌉. */
    private static BigInteger root(BigInteger square) {
        BigInteger[] root = square.sqrtAndRemainder();
        return root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
    }
}
