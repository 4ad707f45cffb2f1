package io.bulwark.netting.scenario;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * From scenario rows to the published moves of groups, in exact integers (margin formula, section 1.7).
 *
 * @param replays the days that rows may name
 * @param submissions the adversarial scenarios that rows may name
 * @param replayWeight weight of a replayed day, ppm: 450 000 inside the initial margin, 10⁶ for the fund
 * @param damped whether moves beyond the grid are damped to X: inside the initial margin, not for the fund
 * @param scale multiple of every move, ppm, 0 to {@link #SCALE_MAX}: 10⁶ in every table that is sealed
 */
public record PriceMoves(
        List<CrashDay> replays, List<Submission> submissions, int replayWeight, boolean damped, int scale) {
    /** The largest multiple of a move: five times. */
    public static final int SCALE_MAX = 5_000_000;

    private static final int LOWEST = -950_000;

    /** Copies the lists and checks the weight. */
    public PriceMoves {
        replays = List.copyOf(replays);
        submissions = List.copyOf(submissions);
        if (replayWeight < 0 || replayWeight > Ppm.ONE) {
            throw new IllegalArgumentException("replayWeight must be 0 to " + Ppm.ONE + " ppm; have " + replayWeight);
        }
        if (scale < 0 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale must be 0 to " + SCALE_MAX + " ppm; have " + scale);
        }
    }

    /** Moves as they are. */
    public PriceMoves(List<CrashDay> replays, List<Submission> submissions, int replayWeight, boolean damped) {
        this(replays, submissions, replayWeight, damped, Ppm.ONE);
    }

    /** The same with every move so many times as large. */
    PriceMoves scaled(int scalePpm) {
        return new PriceMoves(replays, submissions, replayWeight, damped, scalePpm);
    }

    /** The moves of one group in all rows; {@code es} are the moves in the expected-shortfall rows, given. */
    public GroupMoves of(GroupRange range, List<ScenarioRow> rows, IntColumn es) {
        return new GroupMoves(
                range.group(), column(rows, row -> shock(range, row)), column(rows, row -> damp(range, row)), es);
    }

    private int shock(GroupRange range, ScenarioRow row) {
        if (range.isNumeraire()) {
            return 0;
        }
        int move = move(range, row);
        return scale == Ppm.ONE ? move : Math.max(Math.min(move, LOWEST), scaledMove(move));
    }

    /** Half to even; never beyond −95 %, unless the move itself is. */
    private int scaledMove(int move) {
        return Rounding.halfEven(BigInteger.valueOf((long) move * scale), BigInteger.valueOf(Ppm.ONE))
                .intValueExact();
    }

    private int move(GroupRange range, ScenarioRow row) {
        return switch (row.move()) {
            case ScenarioRow.PricePoint point -> gridShock(range, point);
            case ScenarioRow.Absolute absolute -> absolute.ppm();
            case ScenarioRow.Replay replay ->
                named(replays, CrashDay::day, replay.day()).move(range.name());
            case ScenarioRow.Submission submission ->
                named(submissions, Submission::name, submission.name()).move(range.name());
            case ScenarioRow.Counter counter ->
                gridShock(
                        range,
                        new ScenarioRow.PricePoint(
                                counter.group() == range.group() ? counter.point() : -counter.point(), 0));
            case ScenarioRow.Pad ignored -> 0;
        };
    }

    private static int gridShock(GroupRange range, ScenarioRow.PricePoint point) {
        long place = Math.clamp(point.point() + (long) point.shift() * range.apart(), -Ppm.ONE, Ppm.ONE);
        return Rounding.halfEven(BigInteger.valueOf(place * range.toward(place)), BigInteger.valueOf(Ppm.ONE))
                .intValueExact();
    }

    /** A damped row never costs a linear position more than X, or a replay more than its weight: only convexity binds. */
    private int damp(GroupRange range, ScenarioRow row) {
        // What is damped to nothing is worth its mark to the unit: options too, on which otherwise time would pass.
        if (row.isPad()) {
            return 0;
        }
        if (range.isNumeraire()) {
            return Ppm.ONE;
        }
        return switch (row.move()) {
            case ScenarioRow.Absolute absolute when !damped -> Ppm.ONE;
            case ScenarioRow.Absolute absolute ->
                (int) Math.min(Ppm.ONE, Rounding.fdiv((long) range.toward(absolute.ppm()) * Ppm.ONE, Math.abs((long)
                        absolute.ppm())));
            case ScenarioRow.Replay ignored -> replayWeight;
            case ScenarioRow.PricePoint ignored -> Ppm.ONE;
            case ScenarioRow.Submission ignored -> Ppm.ONE;
            case ScenarioRow.Counter ignored -> Ppm.ONE;
            case ScenarioRow.Pad ignored -> 0;
        };
    }

    private static <T> T named(List<T> known, Function<T, String> name, String wanted) {
        return known.stream()
                .filter(k -> name.apply(k).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario is named " + wanted));
    }

    private static IntColumn column(List<ScenarioRow> rows, ToIntFunction<ScenarioRow> entry) {
        return IntColumn.of(rows.stream().mapToInt(entry).toArray());
    }
}
