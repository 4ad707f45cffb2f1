package io.bulwark.netting.forecast;

import java.util.List;

/** Trees of one question, whether yesterday's variance stands in the lower half of its bins: enough to see what boosting does with them. */
final class OneQuestion implements TreeTrainer {
    @Override
    public String name() {
        return "one question";
    }

    @Override
    public Grower over(List<int[]> bins, TreeShape shape) {
        int half = shape.bins() / 2 - 1;
        return target -> new GrownTree.Split(
                0,
                half,
                new GrownTree.Leaf(mean(bins, target, half, true)),
                new GrownTree.Leaf(mean(bins, target, half, false)));
    }

    private static double mean(List<int[]> bins, double[] target, int half, boolean lower) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < target.length; i++) {
            if ((bins.get(i)[0] <= half) == lower) {
                sum += target[i];
                count++;
            }
        }
        return sum / count;
    }
}
