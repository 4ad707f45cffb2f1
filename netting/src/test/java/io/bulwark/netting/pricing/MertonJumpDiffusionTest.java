package io.bulwark.netting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bulwark.clearing.instrument.Instrument.OptionRight;
import io.bulwark.netting.SharedReference;
import org.junit.jupiter.api.Test;

class MertonJumpDiffusionTest {
    private static final double PARITY_TOLERANCE = 1e-11;

    @Test
    void shouldSumHaugsTableToTheLastDigits() {
        for (String line : SharedReference.read("vectors/haug_merton76.csv")
                .lines()
                .skip(3)
                .toList()) {
            String[] row = line.split(",", -1);
            BlackScholesMerton option = new BlackScholesMerton(
                    row[0].equals("C") ? OptionRight.CALL : OptionRight.PUT,
                    number(row[2]),
                    number(row[1]),
                    number(row[3]),
                    number(row[4]),
                    number(row[5]),
                    number(row[6]));
            MertonJumpDiffusion merton = MertonJumpDiffusion.ofTotal(option, number(row[7]), number(row[8]));
            assertEquals(number(row[11]), merton.price(), 1e-9, line);
        }
    }

    @Test
    void shouldSatisfyParityAtAnyMeanJump() {
        for (double mean : new double[] {-0.4, 0, 0.3}) {
            double call = jumps(OptionRight.CALL, 8, mean, 0.25).price();
            double put = jumps(OptionRight.PUT, 8, mean, 0.25).price();
            double forward = 100 * StrictMath.exp(-0.02 * 0.75) - 110 * StrictMath.exp(-0.05 * 0.75);
            assertEquals(forward, call - put, PARITY_TOLERANCE);
        }
    }

    @Test
    void shouldBeBlackScholesMertonWithoutJumpsOrWithJumpsOfNoSize() {
        BlackScholesMerton plain = plain(OptionRight.PUT);
        assertEquals(plain.price(), jumps(OptionRight.PUT, 0, -0.3, 0.4).price(), 0);
        assertEquals(plain.price(), jumps(OptionRight.PUT, 20, 0, 0).price(), PARITY_TOLERANCE);
        assertEquals(plain.vega(), MertonJumpDiffusion.ofTotal(plain, 5, 0).vega(), PARITY_TOLERANCE);
    }

    @Test
    void shouldApproachBlackScholesMertonAsJumpsBecomeManyAndSmall() {
        BlackScholesMerton plain = plain(OptionRight.CALL);
        double few = Math.abs(MertonJumpDiffusion.ofTotal(plain, 1, 0.5).price() - plain.price());
        double many = Math.abs(MertonJumpDiffusion.ofTotal(plain, 400, 0.5).price() - plain.price());
        assertTrue(few > 0.1 && many < 2e-3, few + " and " + many);
    }

    @Test
    void shouldBeTheIntrinsicValueAtExpiry() {
        BlackScholesMerton expired = new BlackScholesMerton(OptionRight.PUT, 100, 110, 0.02, 0.05, 0, 0.3);
        assertEquals(10, new MertonJumpDiffusion(expired, 5, -0.2, 0.3).price(), 0);
    }

    @Test
    void shouldRefuseWhatTheSumCannotHold() {
        assertThrows(IllegalArgumentException.class, () -> jumps(OptionRight.CALL, 1000, 0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> jumps(OptionRight.CALL, 1, -1, 0.1));
        assertThrows(
                IllegalArgumentException.class, () -> MertonJumpDiffusion.ofTotal(plain(OptionRight.CALL), 0, 0.5));
    }

    private static MertonJumpDiffusion jumps(OptionRight right, double intensity, double mean, double volatility) {
        return new MertonJumpDiffusion(plain(right), intensity, mean, volatility);
    }

    private static BlackScholesMerton plain(OptionRight right) {
        return new BlackScholesMerton(right, 100, 110, 0.02, 0.05, 0.75, 0.3);
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
