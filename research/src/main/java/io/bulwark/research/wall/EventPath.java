package io.bulwark.research.wall;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.insurance.liquidation.PricePath;
import io.bulwark.netting.risktable.IntColumn;
import io.bulwark.netting.scenario.CrashDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The way on which an event's prices went: which share of the day's moves was done after how many seconds. All groups share it.
 *
 * <p>Where prices of BTC are known the share is its fall over the smaller of its deepest fall and the day's move, so that every group goes at least its whole move; else the
 * way is straight and takes a day. Between two known points the way is straight.
 *
 * @param seconds ascending, from 0
 * @param sharesPpm of the day's moves, at these seconds
 */
record EventPath(IntColumn seconds, IntColumn sharesPpm) {
    private static final String RESOURCE = "event-paths.csv";
    private static final String SHAPED_BY = "BTC";
    private static final int DAY = 86_400;

    /** A price that is known. */
    record Point(String event, int second, String subject, BigDecimal price, String source) {}

    /** The way of a replay. */
    static EventPath of(CrashDay replay) {
        List<Point> points = WallEvent.rows(RESOURCE, Point.class).stream()
                .filter(p -> p.event().equals(replay.day()))
                .toList();
        if (points.isEmpty()) {
            return new EventPath(IntColumn.of(0, DAY), IntColumn.of(0, Ppm.ONE));
        }
        BigDecimal start = points.getFirst().price();
        List<Integer> falls = points.stream()
                .map(p -> start.subtract(p.price())
                        .multiply(BigDecimal.valueOf(Ppm.ONE))
                        .divide(start, 0, RoundingMode.CEILING)
                        .intValueExact())
                .toList();
        int deepest = falls.stream().mapToInt(Integer::intValue).max().orElseThrow();
        int whole = Math.min(deepest, Math.negateExact(replay.move(SHAPED_BY)));
        return new EventPath(
                IntColumn.of(points.stream().mapToInt(Point::second).toArray()),
                IntColumn.of(falls.stream()
                        .mapToInt(f -> (int) Math.floorDiv((long) f * Ppm.ONE, (long) whole))
                        .toArray()));
    }

    /** Whether prices of the event shaped it. */
    boolean known() {
        return seconds.length() > 2;
    }

    /**
     * Prices every so many seconds.
     *
     * @param moves of the day by group, ppm
     */
    PricePath prices(IntColumn moves, int everySeconds) {
        List<IntColumn> moments = new ArrayList<>();
        int end = seconds.at(seconds.length() - 1);
        for (int second = 0; second <= end; second += everySeconds) {
            int share = shareAt(second);
            moments.add(IntColumn.of(IntStream.range(0, moves.length())
                    .map(k -> (int) Math.max(
                            0, PricePath.START + Math.floorDiv((long) moves.at(k) * share, (long) Ppm.ONE)))
                    .toArray()));
        }
        return new PricePath(moments);
    }

    private int shareAt(int second) {
        int next = 1;
        while (seconds.at(next) < second) {
            next++;
        }
        long before = sharesPpm.at(next - 1);
        long way = sharesPpm.at(next) - before;
        long time = (long) seconds.at(next) - seconds.at(next - 1);
        return (int) (before + Math.floorDiv(way * (second - seconds.at(next - 1)), time));
    }
}
