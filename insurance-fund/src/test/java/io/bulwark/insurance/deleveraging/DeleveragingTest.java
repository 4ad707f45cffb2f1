package io.bulwark.insurance.deleveraging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.insurance.deleveraging.WaterFilling.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class DeleveragingTest {
    private static final long SEED = 20_251_010;

    @Test
    void shouldCutNoMoreProfitThanTheDeficit() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            List<BigFraction> gains = Stream.generate(() -> number(random.nextInt(-500, 500)))
                    .limit(random.nextInt(10))
                    .toList();
            BigFraction deficit = number(random.nextInt(3_000));
            GainsHaircut cut = GainsHaircut.of(gains, deficit);
            assertEquals(deficit, sum(cut.losses()).add(cut.uncovered()));
            for (int a = 0; a < gains.size(); a++) {
                BigFraction gain = gains.get(a).signum() > 0 ? gains.get(a) : BigFraction.ZERO;
                assertTrue(cut.losses().get(a).compareTo(gain) <= 0);
            }
            assertTrue(cut.uncovered().signum() == 0
                    || cut.haircut().equals(BigFraction.ONE)
                    || sum(cut.losses()).signum() == 0);
        }
    }

    @Test
    void shouldBringTheMostLeveragedDownToOneLevelAndCloseExactlyWhatWasAsked() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int a = 0; a <= random.nextInt(12); a++) {
                candidates.add(new Candidate(number(1 + random.nextInt(300)), number(random.nextInt(2_000))));
            }
            BigFraction all = sum(candidates.stream().map(Candidate::notional).toList());
            BigFraction asked = all.multiply(new BigFraction(random.nextInt(101), 100));
            WaterFilling filling = WaterFilling.of(candidates, asked);
            assertEquals(asked, sum(filling.closed()));
            for (int a = 0; a < candidates.size(); a++) {
                BigFraction left =
                        candidates.get(a).notional().subtract(filling.closed().get(a));
                assertTrue(filling.closed().get(a).signum() >= 0 && left.signum() >= 0);
                assertTrue(left.compareTo(
                                filling.level().multiply(candidates.get(a).equity()))
                        <= 0);
                assertTrue(filling.closed().get(a).signum() == 0
                        || left.equals(
                                filling.level().multiply(candidates.get(a).equity())));
            }
        }
    }

    @Test
    void shouldCloseNothingMoreOfAnAccountThatIsSplit() {
        Candidate other = new Candidate(number(50), number(400));
        BigFraction whole = WaterFilling.of(List.of(new Candidate(number(100), number(300)), other), number(330))
                .closed()
                .getFirst();
        List<BigFraction> parts = WaterFilling.of(
                        List.of(new Candidate(number(90), number(270)), new Candidate(number(10), number(30)), other),
                        number(330))
                .closed();
        assertEquals(whole, parts.get(0).add(parts.get(1)));
    }

    @Test
    void shouldRefuseMoreThanThereIsAndEquityOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new Candidate(BigFraction.ZERO, number(1)));
        List<Candidate> one = List.of(new Candidate(number(1), number(1)));
        assertThrows(IllegalArgumentException.class, () -> WaterFilling.of(one, number(2)));
        assertThrows(IllegalArgumentException.class, () -> GainsHaircut.of(List.of(), number(-1)));
        assertEquals(number(5), GainsHaircut.of(List.of(number(-3)), number(5)).uncovered());
    }

    private static BigFraction sum(List<BigFraction> values) {
        return values.stream().reduce(BigFraction.ZERO, BigFraction::add);
    }

    private static BigFraction number(int value) {
        return new BigFraction(value);
    }
}
