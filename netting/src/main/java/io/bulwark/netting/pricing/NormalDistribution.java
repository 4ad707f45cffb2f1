package io.bulwark.netting.pricing;

/** The standard normal distribution with the same bits on every processor. */
public final class NormalDistribution {
    private static final double INVERSE_SQRT_TWO_PI = 0.3989422804014327;
    private static final double SQRT_TWO_PI = 2.5066282746310002;

    /** From here on Hart's rational function gives way to a continued fraction: 5√2. */
    private static final double TAIL = 7.0710678118654755;

    /** Beyond this a tail is taken as 0: Φ(−38) is 2.9e-316. */
    private static final double END = 38;

    private NormalDistribution() {}

    /**
     * Φ(x), the probability of a value up to x. Absolute error below 2e-16 (Hart's algorithm 5666 as printed by West;
     * for x below −7.07 a continued fraction with relative error below 3e-7, that is 3e-19 absolute). Exactly 0 below
     * −38 and 1 above 38; NaN for NaN.
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
        return Math.abs(x) > END ? 0 : INVERSE_SQRT_TWO_PI * gauss(x);
    }

    /** Φ(−z) for z ≥ 0. */
    private static double tail(double z) {
        if (z > END) {
            return 0;
        }
        double gauss = gauss(z);
        if (z < TAIL) {
            return gauss * numerator(z) / denominator(z);
        }
        return gauss / (SQRT_TWO_PI * (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))));
    }

    /** exp(−z²/2); the rounding of z² is taken back to first order, else it alone would cost 1e-13 in the far tail. */
    private static double gauss(double z) {
        double square = z * z;
        double lost = Math.fma(z, z, -square);
        double e = Exponential.exp(-0.5 * square);
        return Math.fma(-0.5 * lost, e, e);
    }

    private static double numerator(double z) {
        double p = Math.fma(z, 3.52624965998911e-02, 0.700383064443688);
        p = Math.fma(p, z, 6.37396220353165);
        p = Math.fma(p, z, 33.912866078383);
        p = Math.fma(p, z, 112.079291497871);
        p = Math.fma(p, z, 221.213596169931);
        return Math.fma(p, z, 220.206867912376);
    }

    private static double denominator(double z) {
        double p = Math.fma(z, 8.83883476483184e-02, 1.75566716318264);
        p = Math.fma(p, z, 16.064177579207);
        p = Math.fma(p, z, 86.7807322029461);
        p = Math.fma(p, z, 296.564248779674);
        p = Math.fma(p, z, 637.333633378831);
        p = Math.fma(p, z, 793.826512519948);
        return Math.fma(p, z, 440.413735824752);
    }
}
