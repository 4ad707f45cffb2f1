package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.pricing.RainbowOption.Choice;
import io.bulwark.netting.pricing.RainbowOption.Leg;
import org.junit.jupiter.api.Test;

/** The worked numbers of docs/methodology/pricing.md, by id, to the digits that the page prints. */
class WorkedPricesTest {
    private static final double FOUR_DIGITS = 5e-5;

    /** PRIC-001. */
    @Test
    void shouldMoveVarianceFromDiffusionToJumps() {
        BlackScholesMerton plain = new BlackScholesMerton(OptionRight.CALL, 100, 80, 0, 0.08, 0.1, 0.25);
        MertonJumpDiffusion jumps = MertonJumpDiffusion.ofTotal(plain, 1, 0.25);
        assertEquals(0.2165, jumps.diffusion().volatility(), FOUR_DIGITS);
        assertEquals(0.125, jumps.jumpVolatility(), 1e-15);
        assertEquals(20.6410, plain.price(), FOUR_DIGITS);
        assertEquals(20.66764, jumps.price(), 5e-6);
    }

    /** PRIC-002. */
    @Test
    void shouldShareTwoCallsBetweenSmallerAndLarger() {
        assertEquals(2.9339, rainbow(Choice.MINIMUM), FOUR_DIGITS);
        assertEquals(8.0701, rainbow(Choice.MAXIMUM), FOUR_DIGITS);
        assertEquals(3.7768, single(100, 0.06, 0.11), FOUR_DIGITS);
        assertEquals(7.2272, single(105, 0.09, 0.16), FOUR_DIGITS);
    }

    /** PRIC-003. */
    @Test
    void shouldPriceKirksSpread() {
        SpreadOption spread = new SpreadOption(OptionRight.CALL, 3, 122, 120, 0.2, 0.2, 0.1, 0.1, -0.5);
        assertEquals(4.7530, spread.price(), FOUR_DIGITS);
    }

    /** PRIC-004. */
    @Test
    void shouldJoinTwoVariables() {
        assertEquals(0.272239, BivariateNormal.cumulative(-0.5, 0.5, 0.5), 5e-7);
        assertEquals(0.90402, new BivariateStudentT(4, 0.5).cumulative(2, 2), 5e-6);
    }

    /** PRIC-005. */
    @Test
    void shouldPriceAnAmericanOptionThreeWays() {
        AmericanOption call = new AmericanOption(OptionRight.CALL, 100, 100, 0.025, 0, 1, 0.25);
        assertEquals(8.6392, call.price() - call.earlyExercisePremium(), FOUR_DIGITS);
        assertEquals(8.8654, call.price(), FOUR_DIGITS);
        BinomialTree.Carry carry = BinomialTree.Carry.of(0, 0.025, 1);
        assertEquals(8.8654, BinomialTree.extrapolated(OptionRight.CALL, 100, 100, carry, 0.25, 2_000), FOUR_DIGITS);
        assertEquals(8.8715, call.approximation(), FOUR_DIGITS);
        AmericanOption put = new AmericanOption(OptionRight.PUT, 100, 120, 0.03, 0.1, 10, 0.25);
        assertEquals(23.0003, put.price(), FOUR_DIGITS);
        assertEquals(22.9738, put.approximation(), FOUR_DIGITS);
    }

    /** PRIC-007. */
    @Test
    void shouldChargeForExerciseBeforeExpiry() {
        assertEquals(0.106953, premium(0.05), 5e-7);
        assertEquals(0.367111, premium(0.075), 5e-7);
    }

    /** PRIC-008. */
    @Test
    void shouldKeepAMarkWithLessVolatilityWhereTheGroupJumps() {
        Black76Jumps jumps = new Black76Jumps(6, 0.4);
        double log = StrictMath.log(100.0 / 80);
        double total = jumps.totalVolatility(OptionRight.PUT, 100, 80, log, 0.6, 7 / 365.0);
        assertEquals(0.3783, total, FOUR_DIGITS);
        assertEquals(0.008254, Black76.price(OptionRight.PUT, 100, 80, log, 0.6 * Math.sqrt(7 / 365.0)), 5e-7);
        assertEquals(0.008254, jumps.price(OptionRight.PUT, 100, 80, log, total, 7 / 365.0), 5e-7);
    }

    /** PRIC-009; the trees are in BinomialTreeTest. */
    @Test
    void shouldGiveHullsPutItsGreeks() {
        AmericanOption put = new AmericanOption(OptionRight.PUT, 50, 50, 0, 0.1, 5 / 12.0, 0.4);
        assertEquals(4.2842, put.price(), FOUR_DIGITS);
        assertEquals(-0.4140, put.delta(), FOUR_DIGITS);
        assertEquals(0.0334, put.gamma(), FOUR_DIGITS);
        assertEquals(12.335, put.vega(), 5e-4);
        assertEquals(-4.174, put.theta(), 5e-4);
        assertEquals(-7.279, put.rho(), 5e-4);
        assertEquals(6.672, 0.5 * 0.16 * 2_500 * put.gamma(), 1e-3);
        assertEquals(0.428, put.theta() + 0.5 * 0.16 * 2_500 * put.gamma() + 0.1 * 50 * put.delta(), 1e-3);
    }

    private static double premium(double rate) {
        return new AmericanOption(OptionRight.PUT, 100, 100, 0.05, rate, 1, 0.25).earlyExercisePremium();
    }

    private static double rainbow(Choice choice) {
        Leg first = new Leg(100, 0.06, 0.11);
        Leg second = new Leg(105, 0.09, 0.16);
        return new RainbowOption(choice, OptionRight.CALL, 98, first, second, 0.05, 0.5, 0.63).price();
    }

    private static double single(double spot, double yield, double volatility) {
        return new BlackScholesMerton(OptionRight.CALL, spot, 98, yield, 0.05, 0.5, volatility).price();
    }
}
