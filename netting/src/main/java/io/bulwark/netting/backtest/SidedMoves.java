package io.bulwark.netting.backtest;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.clearing.money.Rounding;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.risktable.RiskTable.GroupMoves;
import io.bulwark.netting.risktable.ScenarioRow;
import java.math.BigInteger;
import java.util.List;

/**
 * Published moves of a group whose falls and rises have ranges of their own, as margin formula section 1.8 has them; with equal
 * ranges these are the moves of the published table.
 */
final class SidedMoves {

    private SidedMoves() {}

    /**
     * The moves of one group.
     *
     * @param group number
     * @param rows scenario rows: price points and absolute moves
     * @param down fall, ppm
     * @param up rise, ppm
     * @param apart κ, ppm
     * @param tail moves in the expected-shortfall rows, ppm
     */
    static GroupMoves of(int group, List<ScenarioRow> rows, int down, int up, int apart, int[] tail) {
        int[] shock = new int[rows.size()];
        int[] damp = new int[rows.size()];
        for (int row = 0; row < shock.length; row++) {
            switch (rows.get(row).move()) {
                case ScenarioRow.PricePoint point -> {
                    long place = Math.clamp(point.point() + (long) point.shift() * apart, -Ppm.ONE, Ppm.ONE);
                    shock[row] = share(place, place < 0 ? down : up);
                    damp[row] = Ppm.ONE;
                }
                case ScenarioRow.Absolute absolute -> {
                    long range = absolute.ppm() < 0 ? down : up;
                    shock[row] = absolute.ppm();
                    damp[row] = (int) Math.min(Ppm.ONE, range * Ppm.ONE / Math.abs((long) absolute.ppm()));
                }
                case ScenarioRow.Replay replay -> throw named(replay.day());
                case ScenarioRow.Submission submission -> throw named(submission.name());
                case ScenarioRow.Counter counter -> throw named("counter " + counter.group());
                case ScenarioRow.Pad ignored -> throw named("pad");
            }
        }
        return new GroupMoves(group, IntColumn.of(shock), IntColumn.of(damp), IntColumn.of(tail));
    }

    private static int share(long place, int range) {
        return Rounding.halfEven(BigInteger.valueOf(place * range), BigInteger.valueOf(Ppm.ONE))
                .intValueExact();
    }

    /** A day that happened must not be in the table that is judged by it. */
    private static IllegalArgumentException named(String name) {
        return new IllegalArgumentException("row " + name + " must not stand in a table that is judged on history");
    }
}
