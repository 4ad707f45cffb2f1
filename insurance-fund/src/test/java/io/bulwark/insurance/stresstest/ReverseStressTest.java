package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.stresstest.ReverseStress.Grid;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReverseStressTest {
    /** A loss of 700 at the scenario itself less 200 of margin, a fund of 300: exhausted above 500/700 of it, which is 714,285.7 ppm. */
    @Test
    void shouldFindTheEdgeToThePartInAMillion() {
        ReverseStress found = ReverseStress.of(m -> Math.max(0, 700L * m - 200_000_000), 300_000_000, Grid.USUAL);
        assertEquals(OptionalInt.of(714_286), found.multiplePpm());
        assertEquals(300_000_200, found.loss());
        assertEquals(299_999_500, found.lossBefore());
    }

    @Test
    void shouldSayThatNothingOnTheGridExhaustsTheFund() {
        ReverseStress safe = ReverseStress.of(m -> m, 5_000_000, Grid.USUAL);
        assertEquals(new ReverseStress(OptionalInt.empty(), 5_000_000, 5_000_000), safe);
        assertEquals(
                OptionalInt.of(5_000_000),
                ReverseStress.of(m -> m, 4_999_999, Grid.USUAL).multiplePpm());
    }

    @Test
    void shouldFindAFundThatIsExhaustedAlready() {
        assertEquals(new ReverseStress(OptionalInt.of(0), 11, 0), ReverseStress.of(m -> 11, 10, Grid.USUAL));
    }

    /** A book that loses in a small fall and gains in a large one: bisection over the whole range would miss it. */
    @Test
    void shouldScanBeforeItBisects() {
        ReverseStress hump =
                ReverseStress.of(m -> m >= 300_000 && m < 600_000 ? 50 : 0, 10, new Grid(100_000, 2_000_000));
        assertEquals(OptionalInt.of(300_000), hump.multiplePpm());
    }

    @Test
    void shouldAskNoMoreThanTheScanAndTheBisectionNeed() {
        AtomicInteger asked = new AtomicInteger();
        ReverseStress.of(
                m -> {
                    asked.incrementAndGet();
                    return m;
                },
                4_900_000,
                Grid.USUAL);
        assertTrue(asked.get() <= 101 + 17, "asked " + asked);
    }

    @Test
    void shouldRefuseAGridWithoutAStep() {
        assertThrows(IllegalArgumentException.class, () -> new Grid(0, 1));
        assertThrows(IllegalArgumentException.class, () -> ReverseStress.of(m -> 0, -1, Grid.USUAL));
    }
}
