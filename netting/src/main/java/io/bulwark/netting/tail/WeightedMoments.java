package io.bulwark.netting.tail;

import io.bulwark.netting.tail.PeaksOverThreshold.GeneralisedPareto;
import java.util.Arrays;

/**
 * Generalised Pareto by probability-weighted moments (Hosking and Wallis 1987): with b₀ the mean and b₁ the mean of (1 − p)·y at
 * plotting positions p = (i − .35)/n, ξ = 2 − b₀/(b₀ − 2b₁), β = 2b₀b₁/(b₀ − 2b₁). Steadier than likelihood below some 500
 * excesses, and ξ &lt; 1 whatever the sample.
 */
final class WeightedMoments {
    /** Hosking and Wallis' plotting position. */
    private static final double OFFSET = 0.35;

    private static final int EXCESSES_MIN = 2;

    private WeightedMoments() {}

    static GeneralisedPareto fit(double[] excesses) {
        int n = excesses.length;
        if (n < EXCESSES_MIN) {
            throw new IllegalArgumentException("a tail needs " + EXCESSES_MIN + " excesses or more; have " + n);
        }
        double[] sorted = excesses.clone();
        Arrays.sort(sorted);
        double mean = 0;
        double weighted = 0;
        for (int i = 0; i < n; i++) {
            mean += sorted[i] / n;
            weighted += sorted[i] * (1 - (i + 1 - OFFSET) / n) / n;
        }
        // Excesses that are all equal leave no spread to fit: b₀ − 2b₁ is then about 0.7/n of the mean, and still > 0.
        double spread = mean - 2 * weighted;
        if (!(spread > 0)) {
            throw new IllegalArgumentException("excesses must be > 0; the least is " + sorted[0]);
        }
        return new GeneralisedPareto(2 - mean / spread, 2 * mean * weighted / spread);
    }
}
