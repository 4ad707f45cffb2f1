package io.bulwark.netting.tail;

import io.bulwark.netting.copula.SeededDraws;
import io.bulwark.netting.copula.StudentCopula;
import java.util.List;
import java.util.stream.IntStream;

/** Two groups whose law is known: t with four degrees of freedom, correlation 0.8, σ 3 % and 4 % a day. */
final class SyntheticHistory {
    static final double[][] CORRELATION = {{1, 0.8}, {0.8, 1}};
    private static final double UNIT = StrictMath.sqrt(0.5);

    private SyntheticHistory() {}

    static List<FilteredResiduals> groups(int days) {
        StudentCopula law = new StudentCopula(4, CORRELATION);
        double[][] scores = IntStream.range(0, days)
                .mapToObj(day -> law.draw(new double[0], new SeededDraws(11, day)))
                .toArray(double[][]::new);
        return List.of(group("BTC", 0.03, scores, 0, days), group("ETH", 0.04, scores, 1, days));
    }

    /** The same, the second group without its first days. */
    static List<FilteredResiduals> uneven(int days, int missing) {
        List<FilteredResiduals> full = groups(days);
        FilteredResiduals second = full.getLast();
        int[] kept = IntStream.range(missing, days).toArray();
        return List.of(
                full.getFirst(),
                new FilteredResiduals(
                        second.group(),
                        IntStream.of(kept).map(second::day).toArray(),
                        IntStream.of(kept).mapToDouble(second::returned).toArray(),
                        IntStream.of(kept).mapToDouble(second::volatility).toArray(),
                        second.used()));
    }

    private static FilteredResiduals group(String name, double sigma, double[][] scores, int column, int days) {
        return new FilteredResiduals(
                name,
                IntStream.range(18_000, 18_000 + days).toArray(),
                IntStream.range(0, days)
                        .mapToDouble(t -> sigma * UNIT * scores[t][column])
                        .toArray(),
                IntStream.range(0, days).mapToDouble(t -> sigma).toArray(),
                sigma);
    }
}
