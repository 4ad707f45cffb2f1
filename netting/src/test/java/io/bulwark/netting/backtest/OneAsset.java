package io.bulwark.netting.backtest;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A long and a short position in one underlying, rebalanced to the same notional at the beginning of every window, under a rule.
 *
 * @param longSide the long position
 * @param shortSide the short position
 */
record OneAsset(BookSeries longSide, BookSeries shortSide) {
    /**
     * The two series.
     *
     * @param history prices
     * @param asset index of the underlying
     * @param margins of the rule over the horizon
     * @param windows where and how long
     */
    public static OneAsset of(BookHistory history, int asset, SidedMargins margins, Windows windows) {
        int[] starts = windows.starts(history);
        int[] ends = IntStream.of(starts)
                .map(move -> history.endDay(move + windows.horizonDays() - 1))
                .toArray();
        double[] falls = margins.longSide();
        double[] rises = margins.shortSide();
        IntToDoubleFunction change = move -> history.change(asset, move, windows.horizonDays());
        return new OneAsset(
                series(history.name(asset) + " long", starts, ends, change, move -> falls[move]),
                series(
                        history.name(asset) + " short",
                        starts,
                        ends,
                        move -> -change.applyAsDouble(move),
                        move -> rises[move]));
    }

    private static BookSeries series(
            String name, int[] starts, int[] ends, IntToDoubleFunction profit, IntToDoubleFunction margin) {
        return new BookSeries(
                name,
                ends,
                IntStream.of(starts).mapToDouble(profit).toArray(),
                IntStream.of(starts).mapToDouble(margin).toArray());
    }
}
