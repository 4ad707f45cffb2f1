package io.bulwark.insurance.stresstest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final long SEED = 2_008;

    @Test
    void shouldSumToTheExpectedShortfallOfAllBecauseTheBoundaryScenarioIsSplit() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            TailLosses tail = random(random, 1 + random.nextInt(5), 3 + random.nextInt(20));
            BigFraction total = tail.expectedShortfall(tail.everybody());
            assertEquals(total, sum(tail.euler()));
            List<BigFraction> shapley =
                    ShapleyValue.of(tail.members(), s -> s == 0 ? BigFraction.ZERO : tail.expectedShortfall(s));
            assertEquals(total, sum(shapley));
            assertEquals(BigFraction.ONE, sum(tail.tailWeights(tail.everybody())));
        }
    }

    /** Expected shortfall is coherent: the best division of joining orders never charges more than standing alone. */
    @Test
    void shouldChargeNobodyMoreThanItsOwnExpectedShortfall() {
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            TailLosses tail = random(random, 4, 12);
            for (int m = 0; m < tail.members(); m++) {
                assertTrue(tail.euler().get(m).compareTo(tail.expectedShortfall(1 << m)) <= 0);
            }
        }
    }

    @Test
    void shouldPayAHedgingMemberByEulerAndChargeItByShapley() {
        TailLosses tail = new TailLosses(
                List.of(numbers(10, 8, 0, 0), numbers(-4, 6, 0, 0)),
                Collections.nCopies(4, new BigFraction(1, 4)),
                new BigFraction(3, 4));
        assertEquals(numbers(8, 6), tail.euler());
        TailLosses hedge = new TailLosses(
                List.of(numbers(10, 2, 0, 0), numbers(-4, 3, 0, 0)),
                Collections.nCopies(4, new BigFraction(1, 4)),
                new BigFraction(3, 4));
        assertEquals(numbers(10, -4), hedge.euler());
        assertTrue(ShapleyValue.of(2, s -> s == 0 ? BigFraction.ZERO : hedge.expectedShortfall(s))
                        .get(1)
                        .compareTo(new BigFraction(-4))
                > 0);
    }

    @Test
    void shouldRefuseProbabilitiesThatAreNotOneAndTooManyPlayers() {
        List<List<BigFraction>> losses = List.of(numbers(1, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TailLosses(losses, List.of(BigFraction.ONE, BigFraction.ONE), BigFraction.ZERO));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TailLosses(losses, Collections.nCopies(2, new BigFraction(1, 2)), BigFraction.ONE));
        assertThrows(IllegalArgumentException.class, () -> ShapleyValue.of(17, s -> BigFraction.ZERO));
    }

    private static TailLosses random(Random random, int members, int scenarios) {
        List<List<BigFraction>> losses = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            List<BigFraction> row = new ArrayList<>();
            for (int s = 0; s < scenarios; s++) {
                row.add(new BigFraction(random.nextInt(-20, 21)));
            }
            losses.add(row);
        }
        return new TailLosses(
                losses,
                Collections.nCopies(scenarios, new BigFraction(1, scenarios)),
                new BigFraction(random.nextInt(100), 100));
    }

    private static List<BigFraction> numbers(int... values) {
        List<BigFraction> numbers = new ArrayList<>();
        for (int value : values) {
            numbers.add(new BigFraction(value));
        }
        return numbers;
    }

    private static BigFraction sum(List<BigFraction> values) {
        return values.stream().reduce(BigFraction.ZERO, BigFraction::add);
    }
}
