package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.pricing.BinomialTree.Carry;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinomialTreeTest {
    private static final int STEPS = 1_000;

    /** What 1 000 steps leave of an option on 80 or 100. */
    private static final double STEP_TOLERANCE = 3e-3;

    @Test
    void shouldBeTheTreesOfTheReferenceTable() {
        List<String> lines = SharedReference.read("vectors/american_ju_vs_binomial.csv")
                .lines()
                .skip(3)
                .toList();
        for (String line : lines) {
            String[] row = line.split(",", -1);
            BlackScholesMerton option = new BlackScholesMerton(
                    row[0].equals("C") ? OptionRight.CALL : OptionRight.PUT,
                    number(row[2]),
                    number(row[1]),
                    number(row[3]),
                    number(row[4]),
                    number(row[5]),
                    number(row[6]));
            assertEquals(number(row[8]), BinomialTree.averaged(option, STEPS), 1e-9, line);
        }
    }

    /** J. C. Hull, Options, Futures, and Other Derivatives, on binomial trees: a put at 50 on 50, 10 %, 40 %, five months. */
    @Test
    void shouldPriceHullsTreesAtEveryNumberOfSteps() {
        BlackScholesMerton put = new BlackScholesMerton(OptionRight.PUT, 50, 50, 0, 0.1, 5 / 12.0, 0.4);
        double[] published = {4.49, 4.263, 4.272, 4.278, 4.283};
        int[] steps = {5, 30, 50, 100, 500};
        for (int i = 0; i < steps.length; i++) {
            double price = BinomialTree.coxRossRubinstein(put, steps[i]);
            assertEquals(published[i], price, i == 0 ? 5e-3 : 5e-4, "steps " + steps[i]);
        }
    }

    @Test
    void shouldConvergeFastWhereItIsExtrapolated() {
        AmericanOption exact = new AmericanOption(OptionRight.PUT, 95, 100, 0.02, 0.06, 1, 0.4);
        for (int steps : new int[] {64, 128, 512}) {
            double tree = extrapolated(OptionRight.PUT, 95, 0.02, 0.06, 1, 0.4, steps);
            assertEquals(exact.price(), tree, 1.0 / steps, "steps " + steps);
        }
        assertEquals(exact.price(), extrapolated(OptionRight.PUT, 95, 0.02, 0.06, 1, 0.4, 512), 1e-3);
    }

    @Test
    void shouldStandAnyVolatility() {
        assertEquals(5, extrapolated(OptionRight.PUT, 95, 0, 0.06, 1, 0, 128), 0);
        assertEquals(5, extrapolated(OptionRight.PUT, 95, 0, 0.06, 1, 1e-4, 128), 1e-12);
        // Certain path, exercise at the end: the forward's value, as the European option has it.
        double forward = 100 - 95 * StrictMath.exp(-0.5);
        assertEquals(forward, extrapolated(OptionRight.PUT, 95, 0.5, 0, 1, 0, 128), 1e-11);
    }

    @Test
    void shouldRefuseStepsThatCannotHoldTheDrift() {
        BlackScholesMerton still = new BlackScholesMerton(OptionRight.PUT, 100, 100, 0, 0.1, 1, 0.001);
        assertThrows(IllegalArgumentException.class, () -> BinomialTree.coxRossRubinstein(still, 100));
        assertThrows(IllegalArgumentException.class, () -> BinomialTree.coxRossRubinstein(still, 0));
        assertThrows(IllegalArgumentException.class, () -> extrapolated(OptionRight.PUT, 95, 0, 0.06, 1, 0.3, 127));
    }

    private static double extrapolated(
            OptionRight right, double spot, double yield, double rate, double years, double volatility, int steps) {
        return BinomialTree.extrapolated(
                right, spot, 100, Carry.of(rate, yield, years), volatility * Math.sqrt(years), steps);
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
