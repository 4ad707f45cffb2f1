package io.bulwark.prover.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.prover.soak.MemoryCurve.Point;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MemoryCurveTest {
    private static final long MIB = 1 << 20;

    /** 80 points, 1,000 calls apart. */
    private static MemoryCurve curve(IntToLongFunction resident) {
        return new MemoryCurve(IntStream.range(0, 80)
                .mapToObj(i -> new Point((i + 1) * 1_000L, resident.applyAsLong(i)))
                .toList());
    }

    @Test
    void shouldMeasureASteadyLeak() {
        MemoryCurve leak = curve(i -> 100 * MIB + i * 60_000L);
        assertEquals(60_000, leak.bytesPerThousandCalls());
        assertEquals(39 * 60_000L, leak.growthBytes());
        assertFalse(leak.isFlat());
    }

    @Test
    void shouldDecideAtTheBound() {
        long most = MemoryCurve.GROWTH_MAX / 39;
        assertTrue(curve(i -> i * most).isFlat());
        assertFalse(curve(i -> i * (most + 1)).isFlat());
    }

    @Test
    void shouldForgiveTheFirstHalfPeaksAndASawTooth() {
        assertTrue(curve(i -> MIB * 10 * Math.min(i, 40)).isFlat());
        assertTrue(curve(i -> 100 * MIB + (i == 79 ? MIB * 500 : 0)).isFlat());
        assertTrue(curve(i -> 100 * MIB + MIB * 20 * (i % 5)).isFlat());
    }

    @Test
    void shouldSeeALeakUnderASawTooth() {
        assertFalse(curve(i -> 100 * MIB + MIB * 2 * (i % 5) + MIB / 4 * i).isFlat());
    }

    @Test
    void shouldRefuseTooFewPointsAndAnotherOrder() {
        Point point = new Point(1, 1);
        assertThrows(IllegalArgumentException.class, () -> new MemoryCurve(List.of(point)));
        List<Point> standing = java.util.Collections.nCopies(8, point);
        assertThrows(IllegalArgumentException.class, () -> new MemoryCurve(standing));
    }
}
