package io.bulwark.netting.forecast;

import java.util.List;

/** Grows regression trees. The edge to a library: training happens outside of this module, evaluation inside. */
public interface TreeTrainer {
    /** What grew the trees, for the model card: name and version. */
    String name();

    /**
     * Prepares one training set for many targets.
     *
     * @param bins a row an observation, a column a feature: the number of the feature's bin, from 0
     */
    Grower over(List<int[]> bins, TreeShape shape);

    /** Grows one tree for one target; the same target always gives the same tree. */
    @FunctionalInterface
    interface Grower {
        /**
         * Least-squares regression tree (CART).
         *
         * @param target one value an observation
         */
        GrownTree grow(double[] target);
    }
}
