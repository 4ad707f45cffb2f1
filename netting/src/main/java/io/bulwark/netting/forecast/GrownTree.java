package io.bulwark.netting.forecast;

/** A tree as a library grew it, over bins. */
public sealed interface GrownTree {
    /**
     * An answer.
     *
     * @param mean of the target over the observations that end here
     */
    record Leaf(double mean) implements GrownTree {}

    /**
     * A question.
     *
     * @param feature column, from 0
     * @param bin observations with this bin or a lower one go to {@code lower}
     * @param lower subtree
     * @param upper subtree
     */
    record Split(int feature, int bin, GrownTree lower, GrownTree upper) implements GrownTree {}
}
