package io.bulwark.netting.contagion;

import java.util.function.BinaryOperator;

/**
 * A fixed point of an isotone map, reached from one end of its box. The test that stops the iteration is the certificate: from below it stops at the first c with Φ(c) ≤
 * c, from above at the first p with p ≤ Φ(p).
 *
 * @param point the fixed point
 * @param rounds applications of the map, the confirming one included
 */
public record FixedPoint<S>(S point, int rounds) {
    /**
     * The least fixed point.
     *
     * @param bottom the least point of the box
     * @param roundsMax applications after which the iteration is given up
     * @throws IllegalStateException if it has not stopped by then
     */
    public static <S> FixedPoint<S> least(IsotoneMap<S> map, S bottom, int roundsMax) {
        S point = bottom;
        for (int round = 1; round <= roundsMax; round++) {
            S image = map.apply(point);
            if (map.atMost(image, point)) {
                return new FixedPoint<>(point, round);
            }
            point = image;
        }
        throw notReached(roundsMax);
    }

    /**
     * The greatest fixed point.
     *
     * @param top the greatest point of the box
     * @param roundsMax applications after which the iteration is given up
     * @throws IllegalStateException if it has not stopped by then
     */
    public static <S> FixedPoint<S> greatest(IsotoneMap<S> map, S top, int roundsMax) {
        S point = top;
        for (int round = 1; round <= roundsMax; round++) {
            S image = map.apply(point);
            if (map.atMost(point, image)) {
                return new FixedPoint<>(point, round);
            }
            point = image;
        }
        throw notReached(roundsMax);
    }

    /**
     * The least c at or above the start with Φ(c) ≤ c: what a published bound is raised to when the book has moved.
     *
     * @param join the componentwise larger of two points
     */
    public static <S> FixedPoint<S> leastAbove(IsotoneMap<S> map, S start, BinaryOperator<S> join, int roundsMax) {
        return least(
                new IsotoneMap<>() {
                    @Override
                    public S apply(S point) {
                        return join.apply(point, map.apply(point));
                    }

                    @Override
                    public boolean atMost(S lower, S upper) {
                        return map.atMost(lower, upper);
                    }
                },
                start,
                roundsMax);
    }

    private static IllegalStateException notReached(int roundsMax) {
        return new IllegalStateException("no fixed point within " + roundsMax + " applications of the map");
    }
}
