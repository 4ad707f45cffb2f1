package io.bulwark.adapter.uniswap;

import static io.bulwark.adapter.uniswap.PoolPrice.DIGITS;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * So much of both coins as is worth no more than a position of a pool, whatever the price within a range.
 *
 * <p>Liquidity L between the prices a and b is worth, in the second coin at a price P of the first, V(P) = L·P·(1/√a − 1/√b) below a, L·(2√P − P/√b − √a) between, and
 * L·(√b − √a) above b (whitepaper, equations 6.29 and 6.30, arbitraged to P). V is concave, rises, and is 0 at 0. The line x·P + y through (p, V(p)) and (q, V(q)) therefore
 * lies below V on [p, q], and x ≥ 0, y ≥ 0. A house that values x of the first coin and y of the second at prices whose ratio stays within [p, q] never overstates
 * the position.
 *
 * <p>Rounding: V is computed to sixty digits and lowered by one unit, which is more than their error for liquidity below 2^128; x is cut to its unit, y to what then
 * still lies below V at both ends. So the bound holds for the integers themselves.
 *
 * @param first units of the first coin, ≥ 0
 * @param second units of the second coin, ≥ 0
 */
record LiquidityChord(BigInteger first, BigInteger second) {
    /**
     * The chord of a position.
     *
     * @param liquidity L, in [0, 2^128)
     * @param lower tick of a
     * @param upper tick of b, above lower
     * @param least p &gt; 0
     * @param most q &gt; p
     */
    static LiquidityChord of(BigInteger liquidity, int lower, int upper, BigDecimal least, BigDecimal most) {
        if (least.signum() <= 0 || most.compareTo(least) <= 0 || upper <= lower) {
            throw new IllegalArgumentException("range must rise from above 0; have " + least + " to " + most
                    + ", ticks " + lower + " to " + upper);
        }
        BigDecimal low = worth(liquidity, lower, upper, least);
        BigDecimal high = worth(liquidity, lower, upper, most);
        BigDecimal slope =
                floor(high.subtract(low).divide(most.subtract(least), DIGITS)).max(BigDecimal.ZERO);
        BigDecimal rest = below(slope, low, least).min(below(slope, high, most));
        if (rest.signum() < 0) {
            // Where the position is all first coin the rest is 0 but for the units by which V was lowered.
            slope = floor(low.divide(least, DIGITS).min(high.divide(most, DIGITS)))
                    .subtract(BigDecimal.ONE)
                    .max(BigDecimal.ZERO);
            rest = BigDecimal.ZERO;
        }
        return new LiquidityChord(slope.toBigIntegerExact(), rest.toBigIntegerExact());
    }

    /** At least what the position is worth at a price, in whole units of the second coin. */
    private static BigDecimal worth(BigInteger liquidity, int lower, int upper, BigDecimal price) {
        BigDecimal a = PoolPrice.at(lower).sqrt(DIGITS);
        BigDecimal b = PoolPrice.at(upper).sqrt(DIGITS);
        BigDecimal root = price.sqrt(DIGITS).max(a).min(b);
        BigDecimal first = BigDecimal.ONE.divide(root, DIGITS).subtract(BigDecimal.ONE.divide(b, DIGITS), DIGITS);
        BigDecimal perLiquidity = first.multiply(price, DIGITS).add(root.subtract(a), DIGITS);
        return floor(new BigDecimal(liquidity).multiply(perLiquidity, DIGITS))
                .subtract(BigDecimal.ONE)
                .max(BigDecimal.ZERO);
    }

    private static BigDecimal below(BigDecimal slope, BigDecimal worth, BigDecimal price) {
        return floor(worth.subtract(slope.multiply(price)));
    }

    private static BigDecimal floor(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR);
    }
}
