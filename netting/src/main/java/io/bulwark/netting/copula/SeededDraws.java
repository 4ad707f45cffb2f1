package io.bulwark.netting.copula;

import org.hipparchus.util.FastMath;

/**
 * Draws that are a function of a seed, a stream and a counter, so that world 4 711 is the same whoever asks, in any order.
 *
 * <p>Bits are SplitMix64's (Steele, Lea, Flood 2014) over the counter; normals by Marsaglia's polar method, gammas by Marsaglia and
 * Tsang (2000).
 */
public final class SeededDraws {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1p-53;

    private final long origin;
    private long counter;

    /** The draws of a stream, from its first. */
    public SeededDraws(long seed, long stream) {
        this.origin = mixed(mixed(seed) + GOLDEN * stream);
    }

    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Uniform in (0, 1), never an end. */
    public double uniform() {
        counter++;
        return ((mixed(origin + GOLDEN * counter) >>> 11) + 0.5) * UNIT;
    }

    /** Uniform in 0 … bound − 1. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Standard normal. */
    public double normal() {
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                return x * FastMath.sqrt(-2 * FastMath.log(square) / square);
            }
        }
    }

    /**
     * χ² with real degrees of freedom: twice a gamma of half of them.
     *
     * @param degrees &gt; 2
     */
    public double chiSquared(double degrees) {
        double d = degrees / 2 - 1.0 / 3;
        double c = 1 / FastMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double cube = 1 + c * x;
            if (cube > 0) {
                double v = cube * cube * cube;
                if (FastMath.log(uniform()) < x * x / 2 + d * (1 - v + FastMath.log(v))) {
                    return 2 * d * v;
                }
            }
        }
    }
}
