package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The scenario rows of the families, in their published order (margin formula, section 1.7). */
public final class ScenarioRows {
    /** In the joint grid: the fall by X with volatility up, steepened and not. */
    static final int STEEP = 27;

    /** The cell that {@link #STEEP} steepens. */
    static final int FLAT = 2;

    /** Moves of EXT, ppm: beyond every grid. */
    static final List<Integer> EXTREMES = List.of(-660_000, -330_000, 500_000, Ppm.ONE, 2 * Ppm.ONE, 4 * Ppm.ONE);

    private static final int X = 1_000_000;
    private static final BigDecimal DOWN = BigDecimal.ONE.negate();
    private static final BigDecimal STILL = BigDecimal.ZERO;
    private static final BigDecimal UP = BigDecimal.ONE;
    private static final List<BigDecimal> VOLATILITIES = List.of(DOWN, STILL, UP);
    private static final BigDecimal STEEPENED = new BigDecimal("0.15");
    private static final BigDecimal REPLAY_STEEPENED = new BigDecimal("0.1");

    private ScenarioRows() {}

    /** J: nine price points by three volatilities, six skewed cells, twenty twisted ones: 53 rows. */
    public static List<ScenarioRow> joint() {
        List<ScenarioRow> rows = new ArrayList<>();
        for (int quarter = -4; quarter <= 4; quarter++) {
            for (BigDecimal volatility : VOLATILITIES) {
                rows.add(ScenarioRow.grid(quarter * X / 4, volatility));
            }
        }
        IntStream.of(-X, -X / 2, 0).forEach(point -> rows.add(skewed(point, STEEPENED)));
        IntStream.of(0, X / 2, X).forEach(point -> rows.add(skewed(point, STEEPENED.negate())));
        IntStream.of(0, -X, -X / 2, X / 2, X).forEach(point -> twists(rows, point, STILL));
        IntStream.of(-X, -X / 2, 0, X / 2, X).forEach(point -> twists(rows, point, UP));
        return List.copyOf(rows);
    }

    /** The one row that family S adds to J: the two underlyings of a product wherever they like in the grid. */
    public static ScenarioRow cross() {
        return row(new ScenarioRow.PricePoint(0, 0), STILL, BigDecimal.ZERO, 0, true);
    }

    /**
     * STAR: the cells with a shift of one price point. At the ends of the grid groups only shift inwards; the cells without a
     * shift are rows of J.
     */
    static List<ScenarioRow> star(int point) {
        List<ScenarioRow> rows = new ArrayList<>();
        for (int shift : List.of(-1, 1)) {
            if (Math.abs(point) < X || Integer.signum(point) != shift) {
                VOLATILITIES.forEach(volatility ->
                        rows.add(row(new ScenarioRow.PricePoint(point, shift), volatility, BigDecimal.ZERO, 0, false)));
            }
        }
        return List.copyOf(rows);
    }

    /** The price points of the star, ppm of X. */
    static List<Integer> starPoints() {
        return List.of(-X, -X / 2, 0, X / 2, X);
    }

    /** The first of the three rows of J at a price point of the grid: volatility down, flat, up. */
    static int jointRow(int point) {
        return (point + X) / (X / 4) * VOLATILITIES.size();
    }

    /** EXT: moves beyond every grid, volatility up. */
    static List<ScenarioRow> extreme(IntPredicate which) {
        return EXTREMES.stream()
                .filter(which::test)
                .map(move -> row(new ScenarioRow.Absolute(move), UP, BigDecimal.ZERO, 0, false))
                .toList();
    }

    /** DEPEG of stables, all of them at once: at either end of the grid with volatility up and down, and where prices stand still. */
    static List<ScenarioRow> stablesBreak(List<String> assets) {
        return List.of(
                broken(-X, UP, assets),
                broken(-X, DOWN, assets),
                broken(0, STILL, assets),
                broken(X, UP, assets),
                broken(X, DOWN, assets));
    }

    /** DEPEG of assets pegged to a coin: a discount in a rise is inside the haircut, so only the fall and the standstill. */
    static List<ScenarioRow> claimsBreak(List<String> assets) {
        return List.of(broken(-X, UP, assets), broken(-X, DOWN, assets), broken(0, STILL, assets));
    }

    /** A submitted scenario. */
    static ScenarioRow submission(Submission submission) {
        return row(new ScenarioRow.Submission(submission.name()), submission.volatility(), BigDecimal.ZERO, 0, false);
    }

    /** ADV of a table that lists venues: one group against every other by half their ranges, either way, volatility up. */
    static List<ScenarioRow> counter(int group) {
        return IntStream.of(X / 2, -X / 2)
                .mapToObj(point -> row(new ScenarioRow.Counter(group, point), UP, BigDecimal.ZERO, 0, false))
                .toList();
    }

    private static ScenarioRow broken(int point, BigDecimal volatility, List<String> assets) {
        return new ScenarioRow(new ScenarioRow.PricePoint(point, 0), volatility, BigDecimal.ZERO, 0, assets, false);
    }

    /** A day that happened, volatility up, steepened. */
    public static ScenarioRow replay(CrashDay replay) {
        return row(new ScenarioRow.Replay(replay.day()), UP, REPLAY_STEEPENED, 0, false);
    }

    private static ScenarioRow skewed(int point, BigDecimal slope) {
        return row(new ScenarioRow.PricePoint(point, 0), UP, slope, 0, false);
    }

    private static void twists(List<ScenarioRow> rows, int point, BigDecimal volatility) {
        rows.add(row(new ScenarioRow.PricePoint(point, 0), volatility, BigDecimal.ZERO, 1, false));
        rows.add(row(new ScenarioRow.PricePoint(point, 0), volatility, BigDecimal.ZERO, -1, false));
    }

    private static ScenarioRow row(
            ScenarioRow.Move move, BigDecimal volatility, BigDecimal slope, int twist, boolean cross) {
        return new ScenarioRow(move, volatility, slope, twist, List.of(), cross);
    }
}
