package io.bulwark.netting.pricing;

/** The standard normal distribution with the same bits on every processor. */
public final class NormalDistribution {
    static final double SQRT_TWO_PI = 2.5066282746310002;

    private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;

    /** From here on Hart's rational function gives way to a continued fraction: 5√2. */
    static final double TAIL = 7.0710678118654755;

    /** Beyond this a tail is taken as 0: Φ(−37) is 5.7e-300. */
    static final double END = 37;

    /** Hart's coefficients: N of the numerator, D of the denominator, by power. */
    static final double N6 = 3.52624965998911e-02;

    static final double N5 = 0.700383064443688;
    static final double N4 = 6.37396220353165;
    static final double N3 = 33.912866078383;
    static final double N2 = 112.079291497871;
    static final double N1 = 221.213596169931;
    static final double N0 = 220.206867912376;

    static final double D7 = 8.83883476483184e-02;
    static final double D6 = 1.75566716318264;
    static final double D5 = 16.064177579207;
    static final double D4 = 86.7807322029461;
    static final double D3 = 296.564248779674;
    static final double D2 = 637.333633378831;
    static final double D1 = 793.826512519948;
    static final double D0 = 440.413735824752;

    private NormalDistribution() {}

    /**
     * Φ(x), the probability of a value up to x. Absolute error below 2e-16 (Hart's algorithm 5666 as printed by West;
     * for x below −7.07 a continued fraction with relative error below 3e-7, that is 3e-19 absolute). Exactly 0 below
     * −37 and 1 above 37; NaN for NaN.
     *
     * @param x the abscissa
     */
    public static double cumulative(double x) {
        double tail = tail(Math.abs(x));
        return x > 0 ? 1 - tail : tail;
    }

    /**
     * φ(x), the density at x; relative error below 5e-16 up to |x| = 37.
     *
     * @param x the abscissa
     */
    public static double density(double x) {
        return INVERSE_SQRT_TWO_PI * gauss(Math.abs(x));
    }

    /** Φ(−z) for z ≥ 0. */
    private static double tail(double z) {
        return z > END ? 0 : gauss(z) * tailRatio(z);
    }

    /** Φ(−z) / exp(−z²/2) for z ≥ 0: Mills' ratio over √(2π). */
    static double tailRatio(double z) {
        if (z < TAIL) {
            return numerator(z) / denominator(z);
        }
        return 1 / (SQRT_TWO_PI * (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))));
    }

    /** exp(−z²/2), 0 beyond ±37; the rounding of z² is taken back to first order, else it alone would cost 1e-13 in the far tail. */
    static double gauss(double z) {
        if (z > END) {
            return 0;
        }
        double square = z * z;
        double lost = Math.fma(z, z, -square);
        double e = Exponential.exp(-0.5 * square);
        return Math.fma(-0.5 * lost, e, e);
    }

    private static double numerator(double z) {
        double p = Math.fma(z, N6, N5);
        p = Math.fma(p, z, N4);
        p = Math.fma(p, z, N3);
        p = Math.fma(p, z, N2);
        p = Math.fma(p, z, N1);
        return Math.fma(p, z, N0);
    }

    private static double denominator(double z) {
        double p = Math.fma(z, D7, D6);
        p = Math.fma(p, z, D5);
        p = Math.fma(p, z, D4);
        p = Math.fma(p, z, D3);
        p = Math.fma(p, z, D2);
        p = Math.fma(p, z, D1);
        return Math.fma(p, z, D0);
    }
}
