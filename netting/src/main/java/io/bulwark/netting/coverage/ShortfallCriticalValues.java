package io.bulwark.netting.coverage;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.random.RandomGenerator;
import org.hipparchus.random.Well19937c;

/**
 * What Z1 and Z2 look like when the model is right, by simulation: their distribution has no closed form and depends on the
 * number of days and on the tail.
 *
 * <p>Under the hypothesis every day exceeds with the promised rate, and the loss of such a day is a draw from the tail of a
 * Student law beyond its quantile, over that law's expected shortfall. The −0.70 of Acerbi and Székely is the 5 % quantile of
 * Z2 for 250 days at 2.5 %; at 1 % it is about −1.1 for 250 days and −0.26 for 4,285, so that a fixed −0.70 rejects too much
 * on a year and nearly nothing on a long series.
 */
public final class ShortfallCriticalValues {
    /** Points of the tail law; a draw takes one of them. */
    private static final int TAIL_POINTS = 4_096;

    private final double[] conditional;
    private final double[] unconditional;

    private ShortfallCriticalValues(double[] conditional, double[] unconditional) {
        this.conditional = conditional;
        this.unconditional = unconditional;
    }

    /**
     * Simulates.
     *
     * @param days of one series
     * @param rate promised rate of exceedances
     * @param degrees of freedom of the Student law, above 1
     * @param draws number of simulated series
     * @param seed of the generator
     */
    public static ShortfallCriticalValues simulate(int days, double rate, double degrees, int draws, long seed) {
        double[] tail = tail(rate, degrees);
        double quiet = StrictMath.log1p(-rate);
        RandomGenerator random = new Well19937c(seed);
        double[] first = new double[draws];
        double[] second = new double[draws];
        for (int draw = 0; draw < draws; draw++) {
            int count = 0;
            double sum = 0;
            for (long day = gap(random, quiet); day < days; day += 1 + gap(random, quiet)) {
                count++;
                sum -= tail[random.nextInt(tail.length)];
            }
            first[draw] = count == 0 ? 1 : sum / count + 1;
            second[draw] = sum / (days * rate) + 1;
        }
        Arrays.sort(first);
        Arrays.sort(second);
        return new ShortfallCriticalValues(first, second);
    }

    /** Quiet days before the next exceedance: geometric, by inversion. */
    private static long gap(RandomGenerator random, double quiet) {
        return (long) (StrictMath.log(1 - random.nextDouble()) / quiet);
    }

    /** Losses beyond the quantile over the expected shortfall, equally likely; their mean is 1. */
    private static double[] tail(double rate, double degrees) {
        TDistribution law = new TDistribution(degrees);
        double[] losses = new double[TAIL_POINTS];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = -law.inverseCumulativeProbability(rate * (i + 0.5) / losses.length);
        }
        double mean = Arrays.stream(losses).sum() / losses.length;
        return Arrays.stream(losses).map(loss -> loss / mean).toArray();
    }

    /** The value of Z1 that a right model falls below with a probability. */
    public double conditional(double significance) {
        return quantile(conditional, significance);
    }

    /** The value of Z2 that a right model falls below with a probability. */
    public double unconditional(double significance) {
        return quantile(unconditional, significance);
    }

    /** How probable a Z2 at or below the one observed is if the model is right. */
    public double probabilityBelow(double observed) {
        int at = Arrays.binarySearch(unconditional, observed);
        int below = at < 0 ? -at - 1 : at;
        while (below < unconditional.length && unconditional[below] <= observed) {
            below++;
        }
        return (double) below / unconditional.length;
    }

    private static double quantile(double[] sorted, double significance) {
        int at = (int) Math.ceil(significance * sorted.length) - 1;
        return sorted[Math.clamp(at, 0, sorted.length - 1)];
    }
}
