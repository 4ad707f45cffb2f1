package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import org.junit.jupiter.api.Test;

class Black76JumpsTest {
    private static final Black76Jumps JUMPS = new Black76Jumps(6, 0.4);

    @Test
    void shouldBeMertonsPriceWithoutCarry() {
        for (OptionRight right : OptionRight.values()) {
            for (double strike : new double[] {60, 100, 140}) {
                for (double years : new double[] {0, 0.01, 0.5, 4}) {
                    BlackScholesMerton option = new BlackScholesMerton(right, 100, strike, 0, 0, years, 0.7);
                    double merton = MertonJumpDiffusion.ofTotal(option, 6, 0.4).price();
                    assertEquals(merton, price(JUMPS, right, strike, 0.7, years), 1e-12, option::toString);
                }
            }
        }
    }

    @Test
    void shouldBeBlacksPriceWithoutAShare() {
        double log = StrictMath.log(100.0 / 140);
        double black = Black76.price(OptionRight.CALL, 100, 140, log, 0.7 * Math.sqrt(0.5));
        assertEquals(black, price(new Black76Jumps(6, 0), OptionRight.CALL, 140, 0.7, 0.5), 1e-12);
    }

    @Test
    void shouldFindTheVolatilityThatKeepsTheMark() {
        for (double strike : new double[] {50, 90, 100, 130, 250}) {
            double log = StrictMath.log(100 / strike);
            double total = JUMPS.totalVolatility(OptionRight.CALL, 100, strike, log, 0.6, 0.1);
            double black = Black76.price(OptionRight.CALL, 100, strike, log, 0.6 * Math.sqrt(0.1));
            assertEquals(black, price(JUMPS, OptionRight.CALL, strike, total, 0.1), 1e-10, "strike " + strike);
        }
        // At the money jumps are worth less than diffusion, far out of it more.
        assertTrue(JUMPS.totalVolatility(OptionRight.CALL, 100, 100, 0, 0.6, 0.1) > 0.61);
        double far = StrictMath.log(100.0 / 250);
        assertTrue(JUMPS.totalVolatility(OptionRight.CALL, 100, 250, far, 0.6, 0.1) < 0.55);
    }

    @Test
    void shouldRefuseWhatTheSumCannotHold() {
        assertThrows(IllegalArgumentException.class, () -> new Black76Jumps(0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Black76Jumps(5, 1));
        assertThrows(IllegalArgumentException.class, () -> price(JUMPS, OptionRight.CALL, 100, 0.7, 200));
    }

    private static double price(Black76Jumps jumps, OptionRight right, double strike, double volatility, double years) {
        return jumps.price(right, 100, strike, StrictMath.log(100 / strike), volatility, years);
    }
}
