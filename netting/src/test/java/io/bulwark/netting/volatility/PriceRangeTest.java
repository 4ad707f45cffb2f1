package io.bulwark.netting.volatility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.governance.Parameter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceRangeTest {
    /** VOLA-003: four standard deviations of 5 % a day. */
    @Test
    void shouldRoundBothSidesUp() {
        PriceRange range = PriceRange.of(0.05, 4, 1);
        assertEquals(181_270, range.down()); // 1 − e^−0.2 = 0.181269247
        assertEquals(221_403, range.up()); // e^0.2 − 1 = 0.221402758
        assertEquals(221_403, range.symmetric());
    }

    @Test
    void shouldGrowWithTheRootOfTheHorizon() {
        assertEquals(PriceRange.of(0.1, 4, 1), PriceRange.of(0.05, 4, 4));
    }

    @Test
    void shouldNeverCoverLessThanTheMoveItStandsFor() {
        SplittableRandom random = new SplittableRandom(7);
        for (int trial = 0; trial < 5_000; trial++) {
            double move = random.nextDouble() * 1.5;
            PriceRange range = PriceRange.ofLogMove(move);
            assertTrue(
                    range.down() >= -1e6 * StrictMath.expm1(-move) && range.down() < 1 - 1e6 * StrictMath.expm1(-move));
            assertTrue(range.up() >= range.down(), "seed 7, trial " + trial);
        }
    }

    /** VOLA-004: λ_L = 25 %; at half the reference depth the whole quarter is charged, and no more below. */
    @Test
    void shouldWidenInAThinBookByAQuarterAtMost() {
        PriceRange range = new PriceRange(160_000, 200_001);
        assertEquals(range, range.withDepth(200, 100, 0.25));
        assertEquals(new PriceRange(180_000, 225_002), range.withDepth(100, 150, 0.25));
        assertEquals(new PriceRange(200_000, 250_002), range.withDepth(50, 100, 0.25));
        assertEquals(new PriceRange(200_000, 250_002), range.withDepth(1, 100, 0.25));
    }

    @Test
    void shouldStayInsidePublishedBounds() {
        assertEquals(new PriceRange(30_000, 30_000), new PriceRange(0, 0).within(30_000, 950_000));
        assertEquals(new PriceRange(900_000, 950_000), new PriceRange(900_000, 3_000_000).within(30_000, 950_000));
        assertThrows(IllegalArgumentException.class, () -> PriceRange.of(-0.1, 4, 1));
    }

    /** VOLA-005: 2 % a day down, up at once. */
    @Test
    void shouldFallSlowlyAndRiseAtOnce() {
        SpeedLimit limit = SpeedLimit.within(new Parameter("test.range", "ppm", 30_000, 950_000, 160_000));
        assertEquals(196_000, limit.next(200_000, 100_000, 1));
        assertEquals(192_080, limit.next(200_000, 100_000, 2));
        assertEquals(199_000, limit.next(200_000, 199_000, 1));
        assertEquals(500_000, limit.next(200_000, 500_000, 1));
        assertEquals(200_000, limit.next(200_000, 100_000, 0));
        assertEquals(30_000, limit.next(30_001, 0, 5_000));
        assertEquals(950_000, limit.next(900_000, 2_000_000, 1));
        assertEquals(30_000, limit.first(1));
    }
}
