package io.bulwark.netting.forecast;

/**
 * How boosted trees are grown. One setting, not tuned on the histories of the evidence.
 *
 * @param trees number of stages, 1 to 1 000
 * @param depth splits from root to leaf at most, 1 to 6
 * @param leafDays observations that a leaf has at least
 * @param bins values of a feature that a split can tell apart, 2 to 256
 * @param ratePpm learning rate of a stage, ppm
 * @param seed for a trainer that draws; a trainer that does not ignores it
 */
public record TreeShape(int trees, int depth, int leafDays, int bins, int ratePpm, long seed) {
    /** Sixty stages of at most eight leaves. */
    public static final TreeShape PUBLISHED = new TreeShape(60, 3, 40, 16, 100_000, 20_150_101L);

    /** Checks the ranges. */
    public TreeShape {
        require("trees", trees, 1, 1_000);
        require("depth", depth, 1, 6);
        require("leafDays", leafDays, 1, 1_000);
        require("bins", bins, 2, 256);
        require("ratePpm", ratePpm, 1_000, 1_000_000);
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + "; have " + value);
        }
    }

    /** This shape with another number of stages and the learning rate that keeps their product. */
    public TreeShape withTrees(int stages) {
        long rate = Math.clamp((long) trees * ratePpm / Math.max(1, stages), 1_000, 1_000_000);
        return new TreeShape(stages, depth, leafDays, bins, (int) rate, seed);
    }
}
