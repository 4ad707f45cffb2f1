package io.bulwark.adapter.aave;

import java.math.BigInteger;

/**
 * The protocol's own arithmetic, in rays (10²⁷): indexes grow linearly for lenders and by a third-order expansion of compound interest for borrowers.
 *
 * <p>Source: Aave V3 technical paper, section 4; the expansion is the one that the pool itself evaluates, term by term with its roundings.
 */
final class AaveInterest {
    static final BigInteger RAY = BigInteger.TEN.pow(27);

    private static final BigInteger HALF_RAY = RAY.shiftRight(1);
    private static final BigInteger YEAR = BigInteger.valueOf(365L * 24 * 60 * 60);

    private AaveInterest() {}

    /** a · b / ray, half up: the protocol's rounding. */
    static BigInteger rayMul(BigInteger a, BigInteger b) {
        return a.multiply(b).add(HALF_RAY).divide(RAY);
    }

    /** The supply index after so many seconds at a yearly rate. */
    static BigInteger linear(BigInteger index, BigInteger rate, long seconds) {
        BigInteger growth = RAY.add(rate.multiply(BigInteger.valueOf(seconds)).divide(YEAR));
        return seconds == 0 ? index : rayMul(growth, index);
    }

    /** The debt index after so many seconds at a yearly rate. */
    static BigInteger compounded(BigInteger index, BigInteger rate, long seconds) {
        if (seconds == 0) {
            return index;
        }
        BigInteger n = BigInteger.valueOf(seconds);
        BigInteger n1 = BigInteger.valueOf(seconds - 1);
        BigInteger n2 = BigInteger.valueOf(Math.max(0, seconds - 2));
        BigInteger square = rayMul(rate, rate).divide(YEAR.multiply(YEAR));
        BigInteger cube = rayMul(square, rate).divide(YEAR);
        BigInteger second = n.multiply(n1).multiply(square).shiftRight(1);
        BigInteger third = n.multiply(n1).multiply(n2).multiply(cube).divide(BigInteger.valueOf(6));
        BigInteger growth = RAY.add(rate.multiply(n).divide(YEAR)).add(second).add(third);
        return rayMul(growth, index);
    }

    /** The debt index after so many seconds at a yearly rate, as pools from V3.6 on expand it: 1 + x + x · (x/2 + x · x/6), x the rate for the time. */
    static BigInteger exponential(BigInteger index, BigInteger rate, long seconds) {
        if (seconds == 0) {
            return index;
        }
        BigInteger x = rate.multiply(BigInteger.valueOf(seconds)).divide(YEAR);
        BigInteger inner = x.shiftRight(1).add(rayMul(x, x.divide(BigInteger.valueOf(6))));
        return rayMul(RAY.add(x).add(rayMul(x, inner)), index);
    }
}
