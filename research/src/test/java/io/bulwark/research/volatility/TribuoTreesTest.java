package io.bulwark.research.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.netting.forecast.GrownTree;
import io.bulwark.netting.forecast.GrownTree.Leaf;
import io.bulwark.netting.forecast.GrownTree.Split;
import io.bulwark.netting.forecast.TreeShape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The library's trees against a search that tries every question. */
class TribuoTreesTest {
    private static final TreeShape SHAPE = new TreeShape(1, 2, 20, 8, 100_000, 1);

    /** Squared error of the library's tree is that of the best first question and the best questions behind it. */
    @Test
    void shouldAskTheBestQuestions() {
        for (int seed = 0; seed < 5; seed++) {
            List<int[]> bins = bins(seed, 300);
            double[] target = target(seed, bins);
            GrownTree grown = new TribuoTrees().over(bins, SHAPE).grow(target.clone());
            List<Integer> all = IntStream.range(0, bins.size()).boxed().toList();
            assertEquals(exhaustive(bins, target, all, 2), error(grown, bins, target), 1e-3, "seed " + seed);
        }
    }

    @Test
    void shouldAnswerWithTheMeanOfALeaf() {
        List<int[]> bins = bins(7, 300);
        double[] target = target(7, bins);
        GrownTree grown = new TribuoTrees().over(bins, SHAPE).grow(target);
        double total = 0;
        for (int[] row : bins) {
            total += answer(grown, row);
        }
        assertEquals(IntStream.range(0, 300).mapToDouble(i -> target[i]).sum(), total, 1e-3);
    }

    @Test
    void shouldGrowTheSameTreeAgainAndAnotherForAnotherTarget() {
        List<int[]> bins = bins(9, 300);
        double[] target = target(9, bins);
        double[] other = IntStream.range(0, 300).mapToDouble(i -> -target[i]).toArray();
        var grower = new TribuoTrees().over(bins, SHAPE);
        GrownTree first = grower.grow(target);
        GrownTree mirrored = grower.grow(other);
        assertEquals(first, grower.grow(target), "the same examples, asked again");
        assertEquals(first, new TribuoTrees().over(bins, SHAPE).grow(target));
        assertEquals(-answer(first, bins.getFirst()), answer(mirrored, bins.getFirst()), 1e-6);
    }

    @Test
    void shouldKeepLeavesLarge() {
        List<int[]> bins = bins(11, 300);
        GrownTree grown = new TribuoTrees().over(bins, SHAPE).grow(target(11, bins));
        List<Integer> sizes = new ArrayList<>();
        sizes(grown, bins, IntStream.range(0, 300).boxed().toList(), sizes);
        assertTrue(sizes.stream().allMatch(size -> size >= 20), "have " + sizes);
    }

    private static List<int[]> bins(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(3, 0, 8).toArray())
                .toList();
    }

    private static double[] target(int seed, List<int[]> bins) {
        SplittableRandom random = new SplittableRandom(seed + 100);
        return bins.stream()
                .mapToDouble(row -> (row[0] > 3 ? 1 : -1) * (row[1] > 4 ? 2 : 0.5) + random.nextDouble())
                .toArray();
    }

    private static double exhaustive(List<int[]> bins, double[] target, List<Integer> rows, int depth) {
        Question best = null;
        for (int feature = 0; feature < 3 && depth > 0; feature++) {
            for (int bin = 0; bin < 7; bin++) {
                Question question = Question.of(bins, target, rows, feature, bin);
                if (question != null && (best == null || question.error < best.error)) {
                    best = question;
                }
            }
        }
        return best == null
                ? error(target, rows)
                : exhaustive(bins, target, best.lower, depth - 1) + exhaustive(bins, target, best.upper, depth - 1);
    }

    private record Question(double error, List<Integer> lower, List<Integer> upper) {
        static @Nullable Question of(List<int[]> bins, double[] target, List<Integer> rows, int feature, int bin) {
            List<Integer> lower =
                    rows.stream().filter(i -> bins.get(i)[feature] <= bin).toList();
            List<Integer> upper =
                    rows.stream().filter(i -> bins.get(i)[feature] > bin).toList();
            return Math.min(lower.size(), upper.size()) < 20
                    ? null
                    : new Question(
                            TribuoTreesTest.error(target, lower) + TribuoTreesTest.error(target, upper), lower, upper);
        }
    }

    private static double error(double[] target, List<Integer> rows) {
        double mean = rows.stream().mapToDouble(i -> target[i]).average().orElse(0);
        return rows.stream()
                .mapToDouble(i -> (target[i] - mean) * (target[i] - mean))
                .sum();
    }

    private static double error(GrownTree tree, List<int[]> bins, double[] target) {
        return IntStream.range(0, target.length)
                .mapToDouble(i -> target[i] - answer(tree, bins.get(i)))
                .map(e -> e * e)
                .sum();
    }

    private static double answer(GrownTree tree, int[] row) {
        return switch (tree) {
            case Leaf leaf -> leaf.mean();
            case Split split -> answer(row[split.feature()] <= split.bin() ? split.lower() : split.upper(), row);
        };
    }

    private static void sizes(GrownTree tree, List<int[]> bins, List<Integer> rows, List<Integer> sizes) {
        switch (tree) {
            case Leaf leaf -> sizes.add(rows.size());
            case Split split -> {
                sizes(
                        split.lower(),
                        bins,
                        rows.stream()
                                .filter(i -> bins.get(i)[split.feature()] <= split.bin())
                                .toList(),
                        sizes);
                sizes(
                        split.upper(),
                        bins,
                        rows.stream()
                                .filter(i -> bins.get(i)[split.feature()] > split.bin())
                                .toList(),
                        sizes);
            }
        }
    }
}
