package io.bulwark.house.epoch;

import io.bulwark.clearing.document.Digest;
import java.util.List;

/**
 * An epoch recomputed from PostgreSQL alone, beside what was sealed.
 *
 * @param number the epoch's number
 * @param comparisons one per root and digest
 */
public record Replay(long number, List<Comparison> comparisons) {
    /** Copies. */
    public Replay {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * One root or digest.
     *
     * @param name what it is of
     * @param sealed as sealed
     * @param recomputed as it follows from the inputs
     */
    public record Comparison(String name, Digest sealed, Digest recomputed) {
        /** Whether they are the same, bit for bit. */
        public boolean equal() {
            return sealed.equals(recomputed);
        }
    }

    /** Whether everything was found again. */
    public boolean equal() {
        return comparisons.stream().allMatch(Comparison::equal);
    }
}
