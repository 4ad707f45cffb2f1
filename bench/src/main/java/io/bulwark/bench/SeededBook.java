package io.bulwark.bench;

import io.bulwark.clearing.document.CanonicalValue;
import io.bulwark.netting.portfolio.Entry;
import io.bulwark.netting.portfolio.MarginAccount;
import io.bulwark.netting.portfolio.MarginAccount.Standing;
import io.bulwark.netting.risktable.AssetRisk;
import io.bulwark.netting.risktable.CrowdSlopes;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.Group;
import io.bulwark.netting.risktable.InstrumentRisk;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskParameters;
import io.bulwark.netting.risktable.RiskTable;
import io.bulwark.netting.risktable.RiskTable.Combo;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.netting.risktable.VenueRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A seeded table and book for the margin scan: 1 000 instruments in four groups, accounts of ten positions in two groups.
 *
 * @param table one family of {@code points} points with {@code cells} cells each, or one with venues
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
    private static final int VENUES = 5;
    private static final int JOINT = 30;
    private static final int AGAINST = 2;
    private static final int STAR_CELLS = 8;
    private static final int PATHS = 8;
    private static final int BACK = 29;

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

    /**
     * A book over a table of format 3: 30 joint rows, two rows against, and behind them so many stars of cells; ten paths, of which the
     * last two start in the rows against and the others in joint ones. Accounts have ten positions and two claims at two of four venues
     * that act on their own, each with a standing, some positions free, and free cash.
     *
     * @param stars points of eight cells each
     */
    static SeededBook atVenues(int stars, int accounts) {
        Random random = new Random(SEED);
        RiskTable table = tableOfVenues(stars, random);
        return new SeededBook(
                table,
                IntStream.range(0, accounts)
                        .mapToObj(a -> accountAtVenues(random))
                        .toList());
    }

    private static RiskTable tableOfVenues(int stars, Random random) {
        Tail tail = new Tail(1, random);
        int rows = JOINT + AGAINST + stars * STAR_CELLS;
        List<Family> families = new ArrayList<>();
        families.add(new Family("J", singles(0, JOINT)));
        families.add(new Family("ADV", singles(JOINT, JOINT + AGAINST)));
        List<Combo> combos = new ArrayList<>();
        combos.add(new Combo("joint", weights(0, stars)));
        combos.add(new Combo("adversarial", weights(1, stars)));
        if (stars > 0) {
            families.add(new Family(
                    "STAR",
                    IntStream.range(0, stars)
                            .mapToObj(f -> IntColumn.of(IntStream.range(0, STAR_CELLS)
                                    .map(e -> JOINT + AGAINST + e * stars + f)
                                    .toArray()))
                            .toList()));
            combos.add(new Combo("star", weights(2, stars)));
        }
        return new RiskTable(
                CanonicalValue.array(),
                IntStream.range(0, rows)
                        .mapToObj(r -> ScenarioRow.grid(r, BigDecimal.ZERO))
                        .toList(),
                families,
                combos,
                List.of(),
                IntColumn.zeros(tail.rows()),
                tail.weights(),
                IntStream.range(0, GROUPS)
                        .mapToObj(g -> new Group(g, "G" + g, Optional.empty()))
                        .toList(),
                IntStream.range(0, GROUPS * PER_GROUP)
                        .mapToObj(number -> instrument(number, rows, tail, number % VENUES, random))
                        .toList(),
                IntStream.range(0, VENUES)
                        .mapToObj(number -> claim(number, rows, tail, random))
                        .toList(),
                new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE),
                new VenueRisk(venues(), paths(), ONE));
    }

    private static IntColumn weights(int family, int stars) {
        int[] weights = new int[stars > 0 ? 3 : 2];
        weights[family] = ONE;
        return IntColumn.of(weights);
    }

    private static List<IntColumn> singles(int from, int to) {
        return IntStream.range(from, to).mapToObj(IntColumn::of).toList();
    }

    private static List<VenueRisk.Terms> venues() {
        return IntStream.range(0, VENUES)
                .mapToObj(v -> new VenueRisk.Terms("V" + v, v != VenueRisk.FREE, 0, 0))
                .toList();
    }

    private static List<VenueRisk.Path> paths() {
        List<VenueRisk.Path> paths = new ArrayList<>();
        for (int p = 0; p < PATHS; p++) {
            paths.add(new VenueRisk.Path(2 * p, List.of(2 * (p ^ 1), BACK)));
        }
        for (int row = JOINT; row < JOINT + AGAINST; row++) {
            paths.add(new VenueRisk.Path(row, List.of(BACK)));
        }
        return paths;
    }

    private static AssetRisk claim(int number, int rows, Tail tail, Random random) {
        IntColumn row = IntColumn.of(random.ints(rows, -ENTRY_MAX, ENTRY_MAX).toArray());
        IntColumn debt = IntColumn.of(random.ints(rows, -ENTRY_MAX, ENTRY_MAX).toArray());
        return new AssetRisk(
                number,
                "A" + number,
                number % GROUPS,
                "stable",
                false,
                ENTRY_MAX,
                0,
                0,
                0,
                ENTRY_MAX,
                row,
                tail.entries(random),
                ENTRY_MAX,
                debt,
                tail.entries(random),
                List.of(),
                CrowdSlopes.NONE,
                List.of(),
                2 * ENTRY_MAX,
                new AssetRisk.AtVenue(
                        number,
                        ONE,
                        IntColumn.of(random.ints(PATHS + AGAINST, -ENTRY_MAX, ENTRY_MAX)
                                .toArray())));
    }

    private static MarginAccount accountAtVenues(Random random) {
        MarginAccount anywhere = account(random);
        int first = 1 + random.nextInt(VENUES - 2);
        int second = first + 1 + random.nextInt(VENUES - 1 - first);
        List<Integer> places = List.of(VenueRisk.FREE, first, second, first, second);
        List<Entry> positions = anywhere.positions().stream()
                .map(e -> new Entry(e.number() - e.number() % VENUES + places.get(e.number() % VENUES), e.lots()))
                .collect(Collectors.toMap(Entry::number, Entry::lots, Long::sum, TreeMap::new))
                .entrySet()
                .stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> new Entry(e.getKey(), e.getValue()))
                .toList();
        List<Entry> claims = IntStream.of(first, second)
                .mapToObj(venue -> new Entry(venue, 1 + random.nextInt(LOTS_MAX)))
                .toList();
        List<Standing> standings = IntStream.of(first, second)
                .mapToObj(venue -> new Standing(venue, random.nextLong(1_000L * ENTRY_MAX)))
                .toList();
        return new MarginAccount(random.nextLong(500L * ENTRY_MAX), positions, List.of(), claims, List.of(), standings);
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
                        .mapToObj(number -> instrument(number, points * cells, tail, VenueRisk.FREE, random))
                        .toList(),
                List.of(),
                new RiskParameters(10_000, 800_000, 10_000, 250_000, 1L << 60, Integer.MAX_VALUE),
                VenueRisk.NONE);
    }

    private static InstrumentRisk instrument(int number, int rows, Tail tail, int venue, Random random) {
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
                ENTRY_MAX,
                venue);
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
