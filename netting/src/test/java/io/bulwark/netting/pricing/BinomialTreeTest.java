package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.netting.pricing.BinomialTree.Carry;
import io.bulwark.netting.pricing.BinomialTree.CashDividend;
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
            assertEquals(number(row[8]), BinomialTree.averaged(option, List.of(), STEPS), 1e-9, line);
        }
    }

    /** J. C. Hull, Options, Futures, and Other Derivatives, on binomial trees: a put at 50 on 50, 10 %, 40 %, five months. */
    @Test
    void shouldPriceHullsTreesAtEveryNumberOfSteps() {
        BlackScholesMerton put = new BlackScholesMerton(OptionRight.PUT, 50, 50, 0, 0.1, 5 / 12.0, 0.4);
        double[] published = {4.49, 4.263, 4.272, 4.278, 4.283};
        int[] steps = {5, 30, 50, 100, 500};
        for (int i = 0; i < steps.length; i++) {
            double price = BinomialTree.coxRossRubinstein(put, List.of(), steps[i]);
            assertEquals(published[i], price, i == 0 ? 5e-3 : 5e-4, "steps " + steps[i]);
        }
        // And on 52 with a dividend of 2.06 after three and a half months, five steps.
        List<CashDividend> dividend = List.of(new CashDividend(3.5 / 12, 2.06));
        assertEquals(4.44, BinomialTree.coxRossRubinstein(put.withSpot(52), dividend, 5), 5e-3);
    }

    /** Haug (1998), page 21: one dividend of 4 after three months, a call of four months; closed form of Roll, Geske and Whaley. */
    @Test
    void shouldPriceACallOverACashDividendAsRollGeskeAndWhaley() {
        BlackScholesMerton call = new BlackScholesMerton(OptionRight.CALL, 80, 82, 0, 0.06, 0.3333, 0.3);
        List<CashDividend> dividend = List.of(new CashDividend(0.25, 4));
        assertEquals(4.3860, rollGeskeWhaley(call, 0.25, 4), 1e-4);
        assertEquals(rollGeskeWhaley(call, 0.25, 4), BinomialTree.averaged(call, dividend, STEPS), STEP_TOLERANCE);
    }

    @Test
    void shouldBeBlackAndScholesOnTheEscrowedPriceWhereExerciseNeverPays() {
        BlackScholesMerton call = new BlackScholesMerton(OptionRight.CALL, 100, 100, 0, 0.1, 1, 0.3);
        List<CashDividend> small = List.of(new CashDividend(0.3, 0.5), new CashDividend(0.8, 0.5));
        double escrow = 0.5 * StrictMath.exp(-0.03) + 0.5 * StrictMath.exp(-0.08);
        double european = call.withSpot(100 - escrow).price();
        assertEquals(european, BinomialTree.averaged(call, small, STEPS), STEP_TOLERANCE);
    }

    @Test
    void shouldNotSeeADividendAfterExpiry() {
        BlackScholesMerton put = new BlackScholesMerton(OptionRight.PUT, 100, 100, 0, 0.1, 1, 0.3);
        assertEquals(
                BinomialTree.coxRossRubinstein(put, List.of(), 200),
                BinomialTree.coxRossRubinstein(put, List.of(new CashDividend(1.01, 50)), 200),
                0);
    }

    @Test
    void shouldRaiseAPutAndLowerACallByADividend() {
        BlackScholesMerton call = new BlackScholesMerton(OptionRight.CALL, 100, 100, 0, 0.05, 1, 0.3);
        BlackScholesMerton put = new BlackScholesMerton(OptionRight.PUT, 100, 100, 0, 0.05, 1, 0.3);
        List<CashDividend> dividend = List.of(new CashDividend(0.5, 6));
        assertTrue(price(put, dividend) > price(put, List.of()) + 1);
        assertTrue(price(call, dividend) < price(call, List.of()) - 1);
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
        assertThrows(IllegalArgumentException.class, () -> BinomialTree.coxRossRubinstein(still, List.of(), 100));
        assertThrows(IllegalArgumentException.class, () -> BinomialTree.coxRossRubinstein(still, List.of(), 0));
        assertThrows(IllegalArgumentException.class, () -> extrapolated(OptionRight.PUT, 95, 0, 0.06, 1, 0.3, 127));
        BlackScholesMerton put = new BlackScholesMerton(OptionRight.PUT, 10, 100, 0, 0.1, 1, 0.3);
        List<CashDividend> whole = List.of(new CashDividend(0.5, 20));
        assertThrows(IllegalArgumentException.class, () -> price(put, whole));
    }

    private static double price(BlackScholesMerton option, List<CashDividend> dividends) {
        return BinomialTree.averaged(option, dividends, 200);
    }

    private static double extrapolated(
            OptionRight right, double spot, double yield, double rate, double years, double volatility, int steps) {
        return BinomialTree.extrapolated(
                right, spot, 100, Carry.of(rate, yield, years), volatility * Math.sqrt(years), steps);
    }

    /** Haug (1998), page 19; the critical price by bisection. */
    private static double rollGeskeWhaley(BlackScholesMerton o, double paid, double dividend) {
        double left = o.years() - paid;
        double low = 0;
        double high = 10 * o.strike();
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            double alive =
                    new BlackScholesMerton(o.right(), middle, o.strike(), 0, o.rate(), left, o.volatility()).price();
            if (alive > middle + dividend - o.strike()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double spot = o.spot() - dividend * StrictMath.exp(-o.rate() * paid);
        double a = d(o, spot / o.strike(), o.years());
        double b = d(o, spot / low, paid);
        double rho = -Math.sqrt(paid / o.years());
        double stop = o.volatility() * Math.sqrt(paid);
        double end = o.volatility() * Math.sqrt(o.years());
        return spot * NormalDistribution.cumulative(b)
                + spot * BivariateNormal.cumulative(a, -b, rho)
                - o.strike()
                        * StrictMath.exp(-o.rate() * o.years())
                        * BivariateNormal.cumulative(a - end, stop - b, rho)
                - (o.strike() - dividend) * StrictMath.exp(-o.rate() * paid) * NormalDistribution.cumulative(b - stop);
    }

    private static double d(BlackScholesMerton o, double ratio, double years) {
        double deviation = o.volatility() * Math.sqrt(years);
        return (StrictMath.log(ratio) + o.rate() * years) / deviation + deviation / 2;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
