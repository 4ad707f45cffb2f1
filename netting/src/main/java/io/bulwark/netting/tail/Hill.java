package io.bulwark.netting.tail;

import java.util.Arrays;
import org.hipparchus.util.FastMath;

/** Hill's estimator of the tail index: the mean of ln x over the k largest observations, less ln of the next one. */
public final class Hill {
    private Hill() {}

    /**
     * ξ from the upper order statistics.
     *
     * @param sample the observations
     * @param k how many of the largest are used, 1 to n − 1; the (k + 1)th must be &gt; 0
     */
    public static double shape(double[] sample, int k) {
        if (k < 1 || k >= sample.length) {
            throw new IllegalArgumentException("k must be 1 to " + (sample.length - 1) + "; have " + k);
        }
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        double next = sorted[sample.length - k - 1];
        if (!(next > 0)) {
            throw new IllegalArgumentException("the (k + 1)th largest must be > 0; have " + next);
        }
        double sum = 0;
        for (int i = sample.length - k; i < sample.length; i++) {
            sum += FastMath.log(sorted[i] / next);
        }
        return sum / k;
    }
}
