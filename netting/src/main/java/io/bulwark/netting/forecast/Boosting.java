package io.bulwark.netting.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Least-squares gradient boosting: each tree is grown on what the trees before it left over, and counts with the learning rate. Friedman (2001), algorithm 2.
 *
 * <p>What is left over is computed with the integers of the finished tree, so training and evaluation see the same model.
 */
final class Boosting {
    private Boosting() {}

    /**
     * Trains.
     *
     * @param rows features of 10⁻⁶, a row an observation
     */
    static List<RegressionTree> fit(TreeTrainer trainer, TreeShape shape, List<long[]> rows, double[] target) {
        List<long[]> edges = edges(rows, shape.bins());
        TreeTrainer.Grower grower =
                trainer.over(rows.stream().map(row -> bins(row, edges)).toList(), shape);
        double rate = shape.ratePpm() / Features.MICRO;
        double[] left = target.clone();
        List<RegressionTree> trees = new ArrayList<>(shape.trees());
        for (int stage = 0; stage < shape.trees(); stage++) {
            RegressionTree tree = RegressionTree.of(grower.grow(left.clone()), edges, rate);
            for (int i = 0; i < left.length; i++) {
                left[i] -= tree.evaluate(rows.get(i)) / ForecastModel.NANO;
            }
            trees.add(tree);
        }
        return trees;
    }

    /** Upper edges of the bins of each feature: its quantiles, each once, without the largest value. */
    static List<long[]> edges(List<long[]> rows, int bins) {
        List<long[]> edges = new ArrayList<>();
        for (int k = 0; k < Features.NAMES.size(); k++) {
            int column = k;
            long[] sorted = rows.stream().mapToLong(row -> row[column]).sorted().toArray();
            long[] quantiles = new long[bins - 1];
            for (int b = 1; b < bins; b++) {
                quantiles[b - 1] = sorted[(int) ((long) b * sorted.length / bins)];
            }
            long most = sorted[sorted.length - 1];
            edges.add(Arrays.stream(quantiles)
                    .filter(edge -> edge < most)
                    .distinct()
                    .toArray());
        }
        return edges;
    }

    private static int[] bins(long[] row, List<long[]> edges) {
        int[] bins = new int[row.length];
        for (int k = 0; k < bins.length; k++) {
            for (long edge : edges.get(k)) {
                bins[k] += edge < row[k] ? 1 : 0;
            }
        }
        return bins;
    }
}
