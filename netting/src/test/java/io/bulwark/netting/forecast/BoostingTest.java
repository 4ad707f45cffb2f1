package io.bulwark.netting.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoostingTest {
    private static List<long[]> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    long[] row = new long[Features.NAMES.size()];
                    row[0] = i;
                    return row;
                })
                .toList();
    }

    /** Each stage takes a tenth of what is left: after k stages a step of 1 is short by 0.9^k. */
    @Test
    void shouldTakeTheLearningRateOfWhatIsLeft() {
        double[] step =
                IntStream.range(0, 400).mapToDouble(i -> i < 200 ? -1 : 1).toArray();
        List<RegressionTree> trees =
                Boosting.fit(new OneQuestion(), new TreeShape(20, 1, 10, 4, 100_000, 0), rows(400), step);
        assertEquals(20, trees.size());
        long sum = trees.stream()
                .mapToLong(tree -> tree.evaluate(rows(400).get(399)))
                .sum();
        assertEquals(1 - Math.pow(0.9, 20), sum / 1e9, 0.011);
    }

    @Test
    void shouldCutAFeatureAtItsQuantilesOnce() {
        assertArrayEquals(
                new long[] {100, 200, 300}, Boosting.edges(rows(400), 4).getFirst());
        assertArrayEquals(new long[0], Boosting.edges(rows(400), 4).get(1), "a constant has no edge");
        assertArrayEquals(new long[] {0, 1, 2}, Boosting.edges(rows(4), 16).getFirst());
    }

    @Test
    void shouldKeepTheProductOfStagesAndRate() {
        assertEquals(50_000, TreeShape.PUBLISHED.withTrees(120).ratePpm());
        assertThrows(IllegalArgumentException.class, () -> TreeShape.PUBLISHED.withTrees(0));
    }
}
