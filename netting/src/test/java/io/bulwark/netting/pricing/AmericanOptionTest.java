package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import io.bulwark.tier.Heavy;
import java.util.List;
import org.junit.jupiter.api.Test;

@Heavy
class AmericanOptionTest {
    /** Central differences of a price that is smooth to 1e-9. */
    private static final double DIFFERENCE_TOLERANCE = 2e-4;

    /** What 2 000 steps leave of an option on 100. */
    private static final double TREE_TOLERANCE = 5e-4;

    @Test
    void shouldApproximateTheTableOfEdgeCasesToItsOwnTolerances() {
        for (String[] row : rows("vectors/american_edge_cases.csv")) {
            AmericanOption option = new AmericanOption(
                    right(row[0]),
                    number(row[1]),
                    number(row[2]),
                    number(row[6]),
                    number(row[5]),
                    number(row[3]) / 365,
                    number(row[4]));
            if (option.years() > 0) {
                assertEquals(number(row[7]), option.approximation(), number(row[8]), String.join(",", row));
                double relative = Math.abs(option.approximation() - option.price()) / Math.max(1, option.price());
                assertTrue(relative < 2e-3, option::toString);
            }
        }
    }

    @Test
    void shouldFindThePremiumsOfAndersenLakeAndOffengenden() {
        assertEquals(0.10695270, put(100, 0.05, 0.05, 1, 0.25).earlyExercisePremium(), 1e-7);
        assertEquals(0.36711118, put(100, 0.05, 0.075, 1, 0.25).earlyExercisePremium(), 1e-7);
    }

    @Test
    void shouldAgreeWithTheTreeAtEveryCarry() {
        for (double rate : new double[] {-0.02, -0.01, 0, 0.01, 0.08}) {
            for (double yield : new double[] {-0.05, -0.01, 0, 0.03, 0.08}) {
                for (double volatility : new double[] {0.1, 0.6}) {
                    AmericanOption put = put(90, yield, rate, 1.5, volatility);
                    assertEquals(tree(put), put.price(), TREE_TOLERANCE, put::toString);
                    AmericanOption call = new AmericanOption(OptionRight.CALL, 90, 100, yield, rate, 1.5, volatility);
                    assertEquals(tree(call), call.price(), TREE_TOLERANCE, call::toString);
                }
            }
        }
    }

    /** Values of named approximations, so only their sense: Ju's are up to 8e-2 off by their own source, Bjerksund's 4 % at a volatility of 10. */
    @Test
    void shouldLieNearThePublishedApproximations() {
        for (String[] row : rows("vectors/american_options.csv")) {
            AmericanOption option = new AmericanOption(
                    right(row[1]),
                    number(row[3]),
                    number(row[2]),
                    number(row[4]),
                    number(row[5]),
                    number(row[6]),
                    number(row[7]));
            double allowed =
                    row[0].startsWith("Ju") ? 8e-2 : option.volatility() > 1 ? 5 : 0.02 + 5e-3 * option.price();
            assertEquals(number(row[8]), option.price(), allowed, String.join(",", row));
        }
    }

    @Test
    void shouldNeverBeBelowTheEuropeanOrTheIntrinsicValue() {
        for (double spot : new double[] {1, 60, 75, 90, 100, 130, 300}) {
            for (double years : new double[] {0.01, 0.5, 5, 40}) {
                AmericanOption put = put(spot, 0.02, 0.06, years, 0.3);
                double european = new BlackScholesMerton(OptionRight.PUT, spot, 100, 0.02, 0.06, years, 0.3).price();
                assertTrue(put.price() >= european && put.price() >= 100 - spot, put::toString);
                assertTrue(put.price() <= 100, put::toString);
            }
        }
    }

    @Test
    void shouldBeEuropeanWhereExerciseNeverPays() {
        AmericanOption call = new AmericanOption(OptionRight.CALL, 100, 95, 0, 0.05, 2, 0.4);
        BlackScholesMerton european = new BlackScholesMerton(OptionRight.CALL, 100, 95, 0, 0.05, 2, 0.4);
        assertEquals(european.price(), call.price(), 1e-12);
        assertEquals(european.delta(), call.delta(), 1e-5);
        assertEquals(european.gamma(), call.gamma(), 1e-7);
        assertEquals(european.vega(), call.vega(), 1e-3);
    }

    @Test
    void shouldApproachThePerpetualPut() {
        // McKean's formula: beyond 1/sigma^2 of time nothing changes.
        double power = -2 * 0.05 / (0.4 * 0.4);
        double boundary = 100 * power / (power - 1);
        double endless = (100 - boundary) * StrictMath.pow(100 / boundary, power);
        assertEquals(endless, put(100, 0, 0.05, 400, 0.4).price(), 1e-4);
    }

    @Test
    void shouldSolveBlackAndScholesEquationWhereItIsHeld() {
        for (double spot : new double[] {85, 100, 130}) {
            AmericanOption put = put(spot, 0.02, 0.06, 1, 0.3);
            double left =
                    put.theta() + 0.5 * 0.3 * 0.3 * spot * spot * put.gamma() + (0.06 - 0.02) * spot * put.delta();
            assertEquals(0.06 * put.price(), left, 1e-4, put::toString);
        }
    }

    @Test
    void shouldBeAForwardShortWhereItIsExercised() {
        AmericanOption put = put(50, 0, 0.06, 1, 0.3);
        assertEquals(50, put.price(), 0);
        assertEquals(-1, put.delta(), 1e-12);
        assertEquals(0, put.gamma(), 1e-9);
        assertEquals(0, put.vega(), 0);
    }

    @Test
    void shouldGiveGreeksThatAreSlopes() {
        for (OptionRight right : OptionRight.values()) {
            OptionGreeksTest.Inputs at = new OptionGreeksTest.Inputs(right, 104, 0.05, 0.04, 0.8, 0.35);
            OptionGreeksTest.contract(
                    i -> new AmericanOption(i.right(), i.spot(), 100, i.yield(), i.rate(), i.years(), i.volatility()),
                    at,
                    DIFFERENCE_TOLERANCE);
        }
    }

    @Test
    void shouldStandRatesAndTimesBeyondSense() {
        // Interest of e^1000 is never waited for: the put is exercised where it is in the money at all.
        assertEquals(10, put(90, 0, 10, 100, 0.3).price(), 1e-9);
        double price = put(110, 0.5, 10, 100, 0.3).price();
        assertTrue(price > 0 && price < 1, price + " must be a small premium");
    }

    @Test
    void shouldRefuseWhatHasNoPriceOrNoSlope() {
        assertThrows(IllegalArgumentException.class, () -> put(-1, 0, 0, 1, 0.3));
        assertThrows(IllegalArgumentException.class, () -> put(100, 0, 0, 1, Double.NaN));
        assertThrows(ArithmeticException.class, () -> put(100, 0, 0.05, 1, 0).vega());
        assertThrows(ArithmeticException.class, () -> put(0, 0, 0.05, 1, 0.3).delta());
    }

    private static double tree(AmericanOption o) {
        return BinomialTree.extrapolated(
                o.right(),
                o.spot(),
                o.strike(),
                BinomialTree.Carry.of(o.rate(), o.dividendYield(), o.years()),
                o.volatility() * Math.sqrt(o.years()),
                2_000);
    }

    private static AmericanOption put(double spot, double yield, double rate, double years, double volatility) {
        return new AmericanOption(OptionRight.PUT, spot, 100, yield, rate, years, volatility);
    }

    private static OptionRight right(String text) {
        return text.equals("C") ? OptionRight.CALL : OptionRight.PUT;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static List<String[]> rows(String file) {
        return SharedReference.read(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }
}
