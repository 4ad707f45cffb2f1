package io.bulwark.clearing.observation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The lower median of an odd or even number of observations: of k in increasing order that at place ⌈k / 2⌉, from 1. It is an
 * observation itself, so nothing is
 * rounded; of two in the middle it takes the smaller.
 *
 * <p>Bound: if f of k are anything at all and k &gt; 2 f, at least one of the others lies at or below it and at least one at or
 * above. For among the ⌈k / 2⌉
 * observations up to it, and among the ⌊k / 2⌋ + 1 from it on, there are more than f.
 */
final class LowerMedian {
    private LowerMedian() {}

    static <T> T of(List<T> observations, Comparator<? super T> order) {
        if (observations.isEmpty()) {
            throw new IllegalArgumentException("a median must be of one observation at least");
        }
        List<T> sorted = new ArrayList<>(observations);
        sorted.sort(order);
        return sorted.get((sorted.size() - 1) / 2);
    }
}
