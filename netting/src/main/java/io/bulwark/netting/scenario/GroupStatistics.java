package io.bulwark.netting.scenario;

import java.util.OptionalLong;

/**
 * What an epoch's price history says of a group, in the integers that the table publishes.
 *
 * @param group permanent number
 * @param fall X downwards before the factor for thin depth, ppm, &gt; 0 (margin formula, section 1.8: m(K4)·σ_used·√H)
 * @param rise X upwards, ppm, &gt; 0
 * @param apart κ, ppm of X
 * @param skewScore z of the 25-delta put-call skew over one year, 10⁻⁶; absent where the house has no history of it
 * @param sigma σ_used, ppm a day; absent where it was not estimated
 */
public record GroupStatistics(int group, int fall, int rise, int apart, OptionalLong skewScore, OptionalLong sigma) {
    /** Checks the ranges that a group of the grid must keep. */
    public GroupStatistics {
        if (fall <= 0 || rise <= 0) {
            throw new IllegalArgumentException(
                    "fall and rise of group " + group + " must be > 0 ppm; have " + fall + " and " + rise);
        }
    }

    /** The same X either way. */
    public GroupStatistics(int group, int range, int apart, OptionalLong skewScore) {
        this(group, range, range, apart, skewScore, OptionalLong.empty());
    }

    /** The same beside a skew that was measured. */
    GroupStatistics withSkewScore(OptionalLong score) {
        return new GroupStatistics(group, fall, rise, apart, score, sigma);
    }
}
