package io.bulwark.netting.tail;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.copula.SeededDraws;
import io.bulwark.netting.copula.StudentCopula;
import io.bulwark.netting.revaluation.Payoff;
import io.bulwark.netting.revaluation.Revaluation;
import io.bulwark.netting.revaluation.SurfaceRule;
import io.bulwark.netting.risktable.CellPairs;
import io.bulwark.netting.risktable.Family;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import io.bulwark.tier.Heavy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well few weighted rows stand for many: expected shortfall at 99 % of random option books over five underlyings, against 62,500
 * equally likely worlds of a population of its own (margin evidence, section 3.4). Four independent draws of the rows.
 */
@Heavy
class ShortfallCoverageTest {
    private static final int UNDERLYINGS = 5;
    private static final int BOOKS = 150;
    private static final int DRAWS = 4;
    private static final double TAIL = 10_000;
    private static final double[] SIGMA = {0.03, 0.04, 0.05, 0.06, 0.05};
    private static final List<ScenarioRow> STILL = List.of(ScenarioRow.grid(0, BigDecimal.ZERO));

    private static List<Payoff> instruments = List.of();
    private static double[][] books = new double[0][];
    private static double[] reference = new double[0];

    @BeforeAll
    static void measureTheBooksOverManyWorlds() {
        instruments = IntStream.range(0, UNDERLYINGS)
                .boxed()
                .flatMap(g -> instruments(g).stream())
                .toList();
        SeededDraws draws = new SeededDraws(99, 0);
        books = IntStream.range(0, BOOKS).mapToObj(b -> book(draws)).toArray(double[][]::new);
        reference = shortfalls(RadiusStrata.plain(worlds(1_000), 62_500, 1));
    }

    /** TAIL-005: the published figures of the two row sets. */
    @Test
    void shouldCoverMostBooksAtTheGovernedScale() {
        Misfit few = measure(RadiusStrata.FEW, 80_000);
        Misfit many = measure(RadiusStrata.MANY, 50_000);
        System.out.println("expected shortfall, relative error: 256 rows " + few + "; 1024 rows " + many);
        assertTrue(few.deviation < 0.085, few.toString());
        assertTrue(many.deviation < 0.045, many.toString());
        assertTrue(few.covered > 0.85, few.toString());
        assertTrue(many.covered > 0.85, many.toString());
        assertTrue(many.deviation < few.deviation, "more rows must be better: " + few + ", " + many);
    }

    /** As many rows as few strata have, but drawn plainly, miss by far more. */
    @Test
    void shouldBeatPlainRows() {
        Misfit plain = error(shortfalls(RadiusStrata.plain(worlds(1), 250, 1)));
        Misfit strata = error(shortfalls(RadiusStrata.rows(worlds(1), RadiusStrata.FEW, 0, 1)));
        assertTrue(strata.deviation < plain.deviation / 2, "strata " + strata + ", plain " + plain);
    }

    /** Mean and standard deviation of ES over the reference less 1, worst percent, and the share of books at or above the reference. */
    private record Misfit(double mean, double deviation, double worst, double covered) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "mean %+.1f %%, sd %.1f %%, 1 %% worst %.1f %%, covered %.0f %%",
                    100 * mean,
                    100 * deviation,
                    100 * worst,
                    100 * covered);
        }
    }

    private static Misfit measure(int rows, int scale) {
        double[] bare = new double[0];
        double[] raised = new double[0];
        for (int draw = 0; draw < DRAWS; draw++) {
            JointWorlds worlds = worlds(draw);
            bare = joined(bare, relative(shortfalls(RadiusStrata.rows(worlds, rows, 0, draw))));
            raised = joined(raised, relative(shortfalls(RadiusStrata.rows(worlds, rows, scale, draw))));
        }
        Misfit error = of(bare);
        return new Misfit(error.mean, error.deviation, error.worst, of(raised).covered);
    }

    private static Misfit error(double[] shortfalls) {
        return of(relative(shortfalls));
    }

    private static double[] relative(double[] shortfalls) {
        return IntStream.range(0, BOOKS)
                .mapToDouble(b -> shortfalls[b] / reference[b] - 1)
                .toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static Misfit of(double[] errors) {
        double mean = Arrays.stream(errors).average().orElseThrow();
        double square = Arrays.stream(errors)
                .map(e -> (e - mean) * (e - mean))
                .average()
                .orElseThrow();
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        long covered = Arrays.stream(errors).filter(e -> e >= 0).count();
        return new Misfit(mean, StrictMath.sqrt(square), sorted[errors.length / 100], (double) covered / errors.length);
    }

    private static double[] shortfalls(ShortfallRows rows) {
        List<IntColumn> columns = columns(rows);
        return Arrays.stream(books)
                .mapToDouble(book -> shortfall(book, columns, rows.weights()))
                .toArray();
    }

    private static List<IntColumn> columns(ShortfallRows rows) {
        List<GroupMoves> moves = IntStream.range(0, UNDERLYINGS)
                .mapToObj(g -> new GroupMoves(g, IntColumn.of(0), IntColumn.of(1_000_000), rows.of(name(g))))
                .toList();
        Revaluation revaluation = new Revaluation(
                STILL,
                CellPairs.of(STILL, List.of(new Family("J", List.of(IntColumn.of(0))))),
                moves,
                SurfaceRule.PUBLISHED.shocks(rows.volatility()),
                SurfaceRule.PUBLISHED);
        return instruments.stream().map(i -> revaluation.rows(i).es()).toList();
    }

    private static double shortfall(double[] book, List<IntColumn> columns, IntColumn weights) {
        double[] losses = new double[weights.length()];
        for (int i = 0; i < book.length; i++) {
            if (book[i] != 0) {
                for (int r = 0; r < losses.length; r++) {
                    losses[r] -= book[i] * columns.get(i).at(r);
                }
            }
        }
        return worst(losses, weights);
    }

    private static double worst(double[] losses, IntColumn weights) {
        double bound = losses.length > 10_000 ? bound(losses) : Double.NEGATIVE_INFINITY;
        List<Integer> tail = new ArrayList<>();
        for (int r = 0; r < losses.length; r++) {
            if (losses[r] >= bound) {
                tail.add(r);
            }
        }
        tail.sort(Comparator.comparingDouble((Integer r) -> losses[r]).reversed());
        double left = TAIL;
        double sum = 0;
        for (int i = 0; left > 0; i++) {
            double weight = Math.min(left, weights.at(tail.get(i)));
            sum += weight * losses[tail.get(i)];
            left -= weight;
        }
        return sum / TAIL;
    }

    /** The 97 % quantile of every 16th loss: surely below the worst percent. */
    private static double bound(double[] losses) {
        double[] sample = IntStream.range(0, losses.length / 16)
                .mapToDouble(i -> losses[16 * i])
                .sorted()
                .toArray();
        return sample[97 * sample.length / 100];
    }

    private static JointWorlds worlds(long seed) {
        return JointWorlds.draw(
                history(), correlation(), new WorldMix(seed, 1_500, 250_000, 250_000, 1, 60_000, 550_000));
    }

    private static List<FilteredResiduals> history() {
        StudentCopula law = new StudentCopula(4, correlation());
        int days = 1_500;
        double[][] scores = IntStream.range(0, days)
                .mapToObj(day -> law.draw(new double[0], new SeededDraws(11, day)))
                .toArray(double[][]::new);
        return IntStream.range(0, UNDERLYINGS)
                .mapToObj(g -> new FilteredResiduals(
                        name(g),
                        IntStream.range(18_000, 18_000 + days).toArray(),
                        Arrays.stream(scores)
                                .mapToDouble(s -> SIGMA[g] * StrictMath.sqrt(0.5) * s[g])
                                .toArray(),
                        IntStream.range(0, days).mapToDouble(t -> SIGMA[g]).toArray(),
                        SIGMA[g]))
                .toList();
    }

    private static double[][] correlation() {
        return IntStream.range(0, UNDERLYINGS)
                .mapToObj(i -> IntStream.range(0, UNDERLYINGS)
                        .mapToDouble(j -> i == j ? 1 : 0.7)
                        .toArray())
                .toArray(double[][]::new);
    }

    private static String name(int group) {
        return "G" + group;
    }

    /** A perpetual and eighteen options: three expiries, three strikes, calls and puts. */
    private static List<Payoff> instruments(int group) {
        List<Payoff> all = new ArrayList<>();
        all.add(new Payoff.Linear(group, BigDecimal.valueOf(1_000_000)));
        for (int days : new int[] {7, 30, 90}) {
            for (double strike : new double[] {85, 100, 115}) {
                for (OptionRight right : OptionRight.values()) {
                    double volatility = SIGMA[group] * StrictMath.sqrt(365);
                    all.add(new Payoff.European(group, right, 100, strike, days / 365.0, volatility, 1));
                }
            }
        }
        return all;
    }

    /** Four to ten positions, long or short. */
    private static double[] book(SeededDraws draws) {
        double[] book = new double[instruments.size()];
        int positions = 4 + draws.below(7);
        for (int i = 0; i < positions; i++) {
            book[draws.below(book.length)] = draws.normal();
        }
        return book;
    }
}
