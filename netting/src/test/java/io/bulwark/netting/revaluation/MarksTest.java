package io.bulwark.netting.revaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.revaluation.OptionColumn.Marks;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final long SEED = 71_133;

    private final LaneScratch scratch = new LaneScratch(Worlds.LANES);

    @Test
    void shouldGiveTheSameBitsInLanesAsOnePriceAtATime() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 400; i++) {
            OptionValue model = i % 20 == 0 ? new OptionValue.Tree(1.01, 16) : new OptionValue.Lognormal();
            OptionColumn column = new OptionColumn(option(random, i), model, SurfaceRule.PUBLISHED);
            // A record compares doubles by their bits.
            assertEquals(column.marks(), OptionLanes.marks(column, scratch), column.option::toString);
        }
    }

    @Test
    void shouldDifferenceThePricesOfTheBumps() {
        Payoff.European option = new Payoff.European(1, OptionRight.CALL, 100, 50, 0, 0.5, 1);
        Marks marks = new OptionColumn(option, new OptionValue.Lognormal(), SurfaceRule.PUBLISHED).marks();
        assertEquals(50, marks.base());
        assertEquals(100, marks.slope(), 1e-9);
        assertEquals(0, marks.vega());
    }

    /** Expired and not, at the money, far in and out of it, of volatilities below the floor of a stressed row too. */
    private static Payoff.European option(Random random, int i) {
        double strike = i % 5 == 0 ? 100 : 100 * StrictMath.exp(2 * random.nextGaussian());
        double years = i % 7 == 0 ? 0 : 3 * random.nextDouble();
        OptionRight right = random.nextBoolean() ? OptionRight.CALL : OptionRight.PUT;
        return new Payoff.European(1, right, 100, strike, years, 0.01 + 2 * random.nextDouble(), 1);
    }
}
