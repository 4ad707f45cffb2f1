package io.bulwark.prover.soak;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Resident memory over calls.
 *
 * <p>It is flat if it grows by less than {@link #GROWTH_MAX} over the second half: the first fills heaps, code caches and pools. The slope is the median of the slopes
 * between all pairs of points (Theil, 1950; Sen, 1968), so that a collector's saw-tooth and single peaks do not decide.
 *
 * @param points by calls, at least 8
 */
public record MemoryCurve(List<Point> points) {
    /** Growth over the second half from which on memory is said to leak, bytes: 4 bytes a call where there are a million. */
    public static final long GROWTH_MAX = 2L << 20;

    private static final int POINTS_MIN = 8;
    private static final long PER_CALLS = 1_000;
    private static final int DRAWN_EVERY = 4;
    private static final int WIDTH = 60;

    /**
     * What was resident after so many calls.
     *
     * @param calls so far
     * @param residentBytes of the process, and of its children
     */
    public record Point(long calls, long residentBytes) {}

    /** Checks the order. */
    public MemoryCurve {
        points = List.copyOf(points);
        if (points.size() < POINTS_MIN) {
            throw new IllegalArgumentException("points must be at least " + POINTS_MIN + "; have " + points.size());
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).calls() <= points.get(i - 1).calls()) {
                throw new IllegalArgumentException(
                        "points must be in the order of calls, which point " + i + " is not");
            }
        }
    }

    /** Slope over the second half, bytes for each thousand calls, rounded down. */
    public long bytesPerThousandCalls() {
        List<Point> half = secondHalf();
        long[] slopes = IntStream.range(0, half.size())
                .boxed()
                .flatMapToLong(from ->
                        IntStream.range(from + 1, half.size()).mapToLong(to -> slope(half.get(from), half.get(to))))
                .sorted()
                .toArray();
        return slopes[slopes.length / 2];
    }

    /** Growth over the second half, bytes, by that slope. */
    public long growthBytes() {
        List<Point> half = secondHalf();
        return Math.floorDiv(
                Math.multiplyExact(
                        bytesPerThousandCalls(),
                        half.getLast().calls() - half.getFirst().calls()),
                PER_CALLS);
    }

    /** Whether that is less than {@link #GROWTH_MAX}. */
    public boolean isFlat() {
        return growthBytes() < GROWTH_MAX;
    }

    private List<Point> secondHalf() {
        return points.subList(points.size() / 2, points.size());
    }

    private static long slope(Point from, Point to) {
        return Math.floorDiv(
                Math.multiplyExact(to.residentBytes() - from.residentBytes(), PER_CALLS), to.calls() - from.calls());
    }

    /** As bars, one line for every fourth point. */
    public List<String> drawn() {
        long most = points.stream().mapToLong(Point::residentBytes).max().orElse(1);
        return IntStream.range(0, points.size() / DRAWN_EVERY)
                .mapToObj(i -> points.get((i + 1) * DRAWN_EVERY - 1))
                .map(point -> "%,12d calls %6d MiB %s"
                        .formatted(point.calls(), point.residentBytes() >> 20, "#".repeat((int)
                                        (point.residentBytes() * WIDTH / most))))
                .toList();
    }
}
