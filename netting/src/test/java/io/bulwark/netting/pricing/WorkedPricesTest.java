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

    private static double rainbow(Choice choice) {
        Leg first = new Leg(100, 0.06, 0.11);
        Leg second = new Leg(105, 0.09, 0.16);
        return new RainbowOption(choice, OptionRight.CALL, 98, first, second, 0.05, 0.5, 0.63).price();
    }

    private static double single(double spot, double yield, double volatility) {
        return new BlackScholesMerton(OptionRight.CALL, spot, 98, yield, 0.05, 0.5, volatility).price();
    }
}
