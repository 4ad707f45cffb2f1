package io.bulwark.bench;

import io.bulwark.netting.risktable.VenueRisk;
import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A seeded table and book for the margin scan: 1 000 instruments in four groups, accounts of ten positions in two groups.
 *
 * @param table one family of {@code points} points with {@code cells} cells each
 * @param accounts the book
 */
record SeededBook(RiskTable table, List<MarginAccount> accounts) {
    /** Positions of one account. */
    static final int POSITIONS = 10;

    private static final long SEED = 20_240_523;
    private static final int GROUPS = 4;
    private static final int PER_GROUP = 250;
    private static final int ENTRY_MAX = 1_000_000;
    private static final int LOTS_MAX = 1_000;
    private static final int ONE = 1_000_000;

    static SeededBook of(int points, int cells, int accounts) {
        return of(points, cells, 1, accounts);
    }

    /** The same with so many expected-shortfall rows; one is the row of zeros. */
    static SeededBook of(int points, int cells, int tailRows, int accounts) {
        Random random = new Random(SEED);
        RiskTable table = table(points, cells, new Tail(tailRows, random), random);
        return new SeededBook(
                table,
                IntStream.range(0, accounts).mapToObj(a -> account(random)).toList());
    }

    private static RiskTable table(int points, int cells, Tail tail, Random random) {
        List<IntColumn> family = IntStream.range(0, points)
                .mapToObj(f -> IntColumn.of(
                        IntStream.range(0, cells).map(e -> e * points + f).toArray()))
                .toList();
        return new RiskTable(
                CanonicalValue.array(),
                IntStream.range(0, points * cells)
                        .mapToObj(r -> ScenarioRow.grid(r, BigDecimal.ZERO))
                        .toList(),
                List.of(new Family("J", family)),
                List.of(new Combo("joint", IntColumn.of(ONE))),
                List.of(),
                IntColumn.zeros(tail.rows()),
                tail.weights(),
                IntStream.range(0, GROUPS)
                        .mapToObj(g -> new Group(g, "G" + g, Optional.empty()))
                        .toList(),
                IntStream.range(0, GROUPS * PER_GROUP)
                        .mapToObj(number -> instrument(number, points * cells, tail, random))
                        .toList(),
                List.of(),
                new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE), VenueRisk.NONE);
    }

    private static InstrumentRisk instrument(int number, int rows, Tail tail, Random random) {
        return new InstrumentRisk(
                number,
                "I" + number,
                number / PER_GROUP,
                false,
                OptionalInt.empty(),
                0,
                IntColumn.of(random.ints(rows, -ENTRY_MAX, ENTRY_MAX).toArray()),
                Optional.empty(),
                tail.entries(random),
                List.of(),
                List.of(),
                0,
                CrowdSlopes.NONE,
                List.of(),
                ENTRY_MAX, VenueRisk.FREE);
    }

    private static MarginAccount account(Random random) {
        int first = random.nextInt(GROUPS);
        int second = (first + 1) % GROUPS;
        List<Entry> positions = IntStream.generate(
                        () -> (random.nextBoolean() ? first : second) * PER_GROUP + random.nextInt(PER_GROUP))
                .distinct()
                .limit(POSITIONS)
                .sorted()
                .mapToObj(number -> new Entry(number, 1 + random.nextInt(LOTS_MAX)))
                .map(entry -> random.nextBoolean() ? entry : new Entry(entry.number(), -entry.lots()))
                .toList();
        return new MarginAccount(0, positions, List.of(), List.of(), List.of());
    }

    /**
     * Shortfall rows as a house publishes them: six shells of growing radius with their shares of rows and of probability (half a tail is
     * where few of the weight lies), a common move a row, and each instrument's own part.
     */
    private static final class Tail {
        private static final double[] SHARE_OF_ROWS = {0.04, 0.16, 0.20, 0.25, 0.20, 0.15};
        private static final double[] PROBABILITY = {0.5, 0.4, 0.07, 0.02, 0.007, 0.003};

        private final double[] radius;
        private final int[] weights;

        Tail(int rows, Random random) {
            radius = new double[rows];
            weights = new int[rows];
            int[] shells =
                    IntStream.range(0, rows).map(j -> shell((j + 0.5) / rows)).toArray();
            int left = ONE;
            for (int j = 0; j < rows; j++) {
                int shell = shells[j];
                long sharers = IntStream.of(shells).filter(s -> s == shell).count();
                radius[j] = rows == 1 ? 0 : (1 + shell) * random.nextGaussian();
                weights[j] = j == rows - 1 ? left : (int) (ONE * PROBABILITY[shell] / sharers);
                left -= weights[j];
            }
        }

        private static int shell(double share) {
            int shell = 0;
            for (double end = SHARE_OF_ROWS[0];
                    share > end && shell < SHARE_OF_ROWS.length - 1;
                    end += SHARE_OF_ROWS[shell]) {
                shell++;
            }
            return shell;
        }

        int rows() {
            return weights.length;
        }

        IntColumn weights() {
            return IntColumn.of(weights);
        }

        IntColumn entries(Random random) {
            double beta = random.nextGaussian();
            return IntColumn.of(IntStream.range(0, radius.length)
                    .map(j -> (int) (ENTRY_MAX / 20 * radius[j] * (beta + 0.5 * random.nextGaussian())))
                    .toArray());
        }
    }
}
