package io.bulwark.clearing.money;

import java.math.BigInteger;

/**
 * The divisions of the house. Each call names its direction; money is rounded against the account.
 *
 * <p>{@code cdiv} rounds toward +∞ and {@code fdiv} toward −∞, also for negative dividends (margin formula, section 1.1).
 */
public final class Rounding {
    /** Parts per million in one: the scale of every ratio of the house. */
    public static final long PPM = Ppm.ONE;

    private Rounding() {}

    /** ⌈a / b⌉ for b &gt; 0. */
    public static long cdiv(long a, long b) {
        requirePositive(b);
        return Math.ceilDiv(a, b);
    }

    /** ⌊a / b⌋ for b &gt; 0. */
    public static long fdiv(long a, long b) {
        requirePositive(b);
        return Math.floorDiv(a, b);
    }

    /** ⌈a / b⌉ for b &gt; 0, of any size. */
    public static BigInteger cdiv(BigInteger a, BigInteger b) {
        return fdiv(a.negate(), b).negate();
    }

    /** ⌊a / b⌋ for b &gt; 0, of any size. */
    public static BigInteger fdiv(BigInteger a, BigInteger b) {
        requirePositive(b);
        BigInteger[] quotientAndRemainder = a.divideAndRemainder(b);
        return quotientAndRemainder[1].signum() < 0
                ? quotientAndRemainder[0].subtract(BigInteger.ONE)
                : quotientAndRemainder[0];
    }

    /** a / b rounded half to even, for b &gt; 0. */
    public static BigInteger halfEven(BigInteger a, BigInteger b) {
        BigInteger floor = fdiv(a, b);
        int toHalf = a.subtract(floor.multiply(b)).shiftLeft(1).compareTo(b);
        boolean up = toHalf > 0 || (toHalf == 0 && floor.testBit(0));
        return up ? floor.add(BigInteger.ONE) : floor;
    }

    /** The value as a 64-bit integer; what does not fit is an error, never a wrap. */
    public static long exactLong(BigInteger value) {
        if (value.bitLength() > 63) {
            throw new ArithmeticException("amount must fit 64 bits; have " + value);
        }
        return value.longValue();
    }

    private static void requirePositive(long divisor) {
        if (divisor <= 0) {
            throw new ArithmeticException("divisor must be > 0; have " + divisor);
        }
    }

    private static void requirePositive(BigInteger divisor) {
        if (divisor.signum() <= 0) {
            throw new ArithmeticException("divisor must be > 0; have " + divisor);
        }
    }
}
