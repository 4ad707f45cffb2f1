package io.bulwark.netting.pricing;

/** The exponential function with the same bits on every processor. */
public final class Exponential {
    static final double LOG2_E = 1.4426950408889634;

    /** ln 2 in two parts: the first has 21 trailing zero bits, so that its product with an exponent is exact. */
    static final double LN2_HIGH = 0x1.62e42fee00000p-1;

    static final double LN2_LOW = 0x1.a39ef35793c76p-33;

    /** 1.5 · 2⁵²: adding it rounds a double of less than 2⁵¹ to an integer, half to even. */
    static final double ROUNDER = 0x1.8p52;

    /** Taylor's coefficients 1/k!. */
    static final double C3 = 1.0 / 6.0;

    static final double C4 = 1.0 / 24.0;
    static final double C5 = 1.0 / 120.0;
    static final double C6 = 1.0 / 720.0;
    static final double C7 = 1.0 / 5040.0;
    static final double C8 = 1.0 / 40320.0;
    static final double C9 = 1.0 / 362880.0;
    static final double C10 = 1.0 / 3628800.0;
    static final double C11 = 1.0 / 39916800.0;
    static final double C12 = 1.0 / 479001600.0;
    static final double C13 = 1.0 / 6227020800.0;

    /** Above this the result is infinite, ln of the largest double. */
    private static final double LARGEST = 709.782712893384;

    /** Below this the result is 0: less than half of the smallest subnormal. */
    private static final double SMALLEST = -745.1332191019412;

    private Exponential() {}

    /**
     * e to the power of x; relative error below 2.3e-16 where the result is a normal number. Infinity above 709.78, 0
     * below −745.13, NaN for NaN.
     *
     * @param x the exponent
     */
    public static double exp(double x) {
        if (x > LARGEST) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < SMALLEST) {
            return 0;
        }
        double n = Math.fma(x, LOG2_E, ROUNDER) - ROUNDER;
        double r = Math.fma(-n, LN2_LOW, Math.fma(-n, LN2_HIGH, x));
        // Two halves of the power of two: for results below 2^-1022 one factor alone would not be a normal number.
        long half = (long) n >> 1;
        return series(r) * powerOfTwo(half) * powerOfTwo((long) n - half);
    }

    /** Taylor series to degree 13: for |r| ≤ ln 2 / 2 the remainder is below 5e-18. */
    private static double series(double r) {
        double p = Math.fma(r, C13, C12);
        p = Math.fma(p, r, C11);
        p = Math.fma(p, r, C10);
        p = Math.fma(p, r, C9);
        p = Math.fma(p, r, C8);
        p = Math.fma(p, r, C7);
        p = Math.fma(p, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, 0.5);
        p = Math.fma(p, r, 1.0);
        return Math.fma(p, r, 1.0);
    }

    private static double powerOfTwo(long exponent) {
        return Double.longBitsToDouble((exponent + 1023) << 52);
    }
}
